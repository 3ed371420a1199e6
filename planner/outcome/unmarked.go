package outcome

// surelyAlike is the share of words from which on a line of a comment is the
// page's, written by hands that shortened names and links.
const surelyAlike = 0.6

// recognise finds, for a comment that has lost its mark, which of its lines the
// page still says: what was read off the comment lacks ids and some of its links.
// What the page no longer says stays as it was read, and so on the ticket (S8).
func (t Ticket) recognise(now []Entry) {
	if t.Comment == nil || !t.Comment.Unmarked {
		return
	}
	used := make([]bool, len(now))
	for i, was := range t.Comment.Mark.Entries {
		best, most := -1, surelyAlike
		for j, is := range now {
			if near := alike(was.describe(), is.describe()); !used[j] && was.Kind == is.Kind && near >= most {
				best, most = j, near
			}
		}
		if best >= 0 {
			used[best] = true
			t.Comment.Mark.Entries[i] = now[best]
		}
	}
}
