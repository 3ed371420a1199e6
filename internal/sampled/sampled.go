// Package sampled says how much of a large table a test plays. In: how the test was
// built. Out: one in how many of the table's cases. The tag whole plays all of them,
// the README's command so many that everything ends within two minutes. It never
// chooses the cases.
package sampled

// One is one in how many cases a test plays: all with the tag whole, one in inRace
// under the race detector, which is up to ten times as slow, else one in in.
func One(in, inRace int) int {
	switch {
	case race:
		return inRace
	case whole:
		return 1
	default:
		return in
	}
}
