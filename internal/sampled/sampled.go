// Package sampled says how much of a large table a test plays. In: how the test was
// built. Out: one in how many of the table's cases, and on which deployment. The tag
// whole plays all of them, the README's command so many that everything ends within
// two minutes and each kind of case still comes up.
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

// Deployments are those on which a test plays a case: both with the tag whole, else
// one, by the case's name, so that half of the cases are played on either.
func Deployments(name string) []string {
	both := []string{"cloud", "datacenter"}
	if One(2, 2) == 1 {
		return both
	}
	return both[len(name)%2:][:1]
}
