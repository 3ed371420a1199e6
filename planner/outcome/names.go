package outcome

// Names are looked up for each sync and may be unavailable; ids are what counts.
// A comment that had to show an id gets the name with the next sync, and one that
// has a name keeps it when a later look-up fails.

// named reports whether there is more to call somebody by than an id.
func (u User) named() bool { return u.Display != "" || u.Name != "" }

// mentioned are the people in entries, by id.
func mentioned(entries []Entry) mentions {
	return Outcomes{Entries: entries}.Users()
}

// lendNames calls people of now whose names are not known by the names that then
// has for them.
func lendNames(then, now []Entry) {
	before := mentioned(then)
	for id, users := range mentioned(now) {
		for _, u := range users {
			for _, old := range before[id] {
				if !u.named() && old.named() {
					u.Name, u.Display = old.Name, old.Display
				}
			}
		}
	}
}

// namesCame reports whether then shows an id for somebody whose name is known
// now.
func namesCame(then, now []Entry) bool {
	after := mentioned(now)
	for id, users := range mentioned(then) {
		for _, u := range users {
			for _, new := range after[id] {
				if !u.named() && new.named() {
					return true
				}
			}
		}
	}
	return false
}
