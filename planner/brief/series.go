package brief

import "strings"

// A Series are tickets whose titles say the same but for a name in one place: the same work
// on several things.
type Series struct {
	Keys          []string
	Before, After string // what the titles have in common, before the name and behind it; the first may be empty
}

// How much alike titles of a series are.
const (
	leastInSeries = 3 // tickets
	leastAlike    = 4 // words that all have
	mostOfName    = 3 // words that are each one's own
	mostCompared  = 100
)

// series finds the one of a session that has most in common.
//
// Made from one epic. There are eleven in the epics at hand, by nine, and their trackers, in
// the order of the keys: all are the same work on several things. One more only began alike,
// which is why something has to follow the name.
func series(s *set) (found Series) {
	if len(s.Tickets) > mostCompared { // more than any session talks about
		return found
	}
	titles := make([][]string, len(s.Tickets))
	of := map[[2]string][]string{} // keys by what their titles have in common
	for n := range s.Tickets {
		titles[n] = strings.Fields(s.Tickets[n].Issue.Summary)
		for _, alike := range frames(titles[n]) {
			of[alike] = append(of[alike], s.Tickets[n].Issue.Key)
		}
	}
	most := 0 // words in common, of all of them
	for _, title := range titles {
		for _, alike := range frames(title) {
			keys := of[alike]
			if shared := len(keys) * len(strings.Fields(alike[0]+" "+alike[1])); len(keys) >= leastInSeries && shared > most {
				most, found = shared, Series{Keys: keys, Before: alike[0], After: alike[1]}
			}
		}
	}
	return found
}

// frames are what is left of a title before and behind a name that may stand anywhere but
// at its end.
func frames(title []string) (all [][2]string) {
	for own := 1; own <= mostOfName && len(title)-own >= leastAlike; own++ {
		for at := 0; at < len(title)-own; at++ {
			all = append(all, [2]string{strings.Join(title[:at], " "), strings.Join(title[at+own:], " ")})
		}
	}
	return all
}
