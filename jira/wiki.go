package jira

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// maxComment is the longest comment that Jira takes unless an administrator
// allows more. It counts as Java does.
const maxComment = 32767

// WikiNote writes a session's comment on an issue: a heading that links to the
// page, the decisions with their reasons, the action items with owner and due
// date, and what left the page. Whatever people typed shows as they typed it and
// does nothing. Entries for which there is no room are left out, and the note says
// how many.
func WikiNote(n outcome.Note, cloud bool) string {
	text, _ := wikiNote(n, cloud)
	return text
}

// Omitted is how many of the note's entries have no room in a comment.
func (c *Client) Omitted(n outcome.Note) int {
	_, omitted := wikiNote(c.forPeople(n), c.cloud)
	return omitted
}

func wikiNote(n outcome.Note, cloud bool) (text string, omitted int) {
	link := wikiLink(n.PageURL, n.PageTitle)
	w := noteWriter{cloud: cloud, room: maxComment - cutReserve - length(link)}
	heading := noteHeading + link + "\n"
	w.room -= length(heading)
	texts := make([]string, len(parts))
	for _, i := range inOrder {
		texts[i], omitted = w.part(parts[i], n.Entries, omitted)
	}
	text = heading + strings.Join(texts, "")
	if omitted > 0 {
		text += fmt.Sprintf("\nThere is no room here for %d more entries, see the page: %s\n", omitted, link)
	}
	return text, omitted
}

// cutReserve is kept for the line that says what is missing.
const cutReserve = 200

// A part of a note lists some of its entries below a title.
type part struct {
	title string
	holds func(outcome.Entry) bool
}

const (
	decisions = iota
	actions
	results
	criteria
	estimates
	blockers
	ranks
	splits
	gone
)

var parts = []part{
	decisions: {"Decisions", standing(outcome.Decision)},
	actions:   {"Action items", standing(outcome.Action)},
	results:   {"Outcome", standing(outcome.Result)},
	criteria:  {"Acceptance criteria", standing(outcome.Criterion)},
	estimates: {"Estimate", standing(outcome.Estimate)},
	blockers:  {"Blocked by", standing(outcome.Blocker)},
	ranks:     {"Rank", standing(outcome.Rank)},
	splits:    {"Split into", standing(outcome.SplitStory)},
	gone:      {"Left the page", func(e outcome.Entry) bool { return e.Gone }},
}

func standing(k outcome.EntryKind) func(outcome.Entry) bool {
	return func(e outcome.Entry) bool { return e.Kind == k && !e.Gone }
}

// inOrder are the parts in the order in which they get room: what left the page
// stands nowhere else.
var inOrder = []int{gone, decisions, actions, results, criteria, estimates, blockers, ranks, splits}

// reasonLabel begins the line below a decision that says why.
const reasonLabel = "Reason: "

// noteHeading begins a session's comments. The link names the session.
const noteHeading = "h4. Refinement session: "

// noteStart also knows the heading with a date that earlier versions wrote.
var noteStart = lazyregexp.New(`^\s*(?:h4\.\s*Refinement session:|(?:h4\.\s*)?Refinement session [0-9]{4}-[0-9]{2}-[0-9]{2}:)`)

// isNote reports whether a comment begins as [WikiNote] writes it. Which
// session's it is only its mark tells.
func isNote(body string) bool { return noteStart.MatchString(body) }

type noteWriter struct {
	cloud bool
	room  int // characters left
}

// part writes those of the entries that the part holds and that fit, and counts
// the others.
func (w *noteWriter) part(p part, entries []outcome.Entry, omitted int) (string, int) {
	var b strings.Builder
	title := "\n*" + p.title + "*\n"
	for _, e := range entries {
		if !p.holds(e) {
			continue
		}
		text := title + w.entry(e)
		n := length(text)
		if n > w.room {
			omitted++
			continue
		}
		w.room -= n
		b.WriteString(text)
		title = ""
	}
	return b.String(), omitted
}

// length counts UTF-16 code units.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// entry is one list item; a decision's reason hangs below it. One that is gone
// notifies nobody.
func (w *noteWriter) entry(e outcome.Entry) string {
	box, owner := "", e.Owner
	switch {
	case e.Done:
		box = "☑ "
	case e.Kind == outcome.Action:
		box = "☐ "
	}
	if e.Gone {
		owner, box = nil, box+goneLabel[e.Kind]
	}
	return "* " + box + w.text(e.Undated(), owner) + w.terms(e) + "\n" + w.reason(e)
}

// goneLabel says of a line that left the page what it was, unless its words or its
// box do.
var goneLabel = map[outcome.EntryKind]string{
	outcome.Result: "Outcome: ", outcome.Criterion: "Acceptance criterion: ", outcome.Estimate: "Estimate: ",
	outcome.Blocker: "Blocked by: ", outcome.Rank: "Rank: ", outcome.SplitStory: "Split story: ",
}

func (w *noteWriter) reason(e outcome.Entry) string {
	if len(e.Reason) == 0 {
		return ""
	}
	return "** " + reasonLabel + w.text(e.Reason, nil) + "\n"
}

// terms are who does it until when, and where it went. An owner whom the text
// mentions is mentioned there.
func (w *noteWriter) terms(e outcome.Entry) string {
	var out []string
	switch {
	case e.Owner == nil, mentions(e.Text, *e.Owner):
	case e.Gone:
		out = append(out, "owner "+escape(name(*e.Owner)))
	default:
		out = append(out, "owner "+w.mention(*e.Owner))
	}
	if !e.Due.IsZero() {
		out = append(out, "due "+e.Due.String())
	}
	if e.Done {
		out = append(out, "done")
	}
	if checkKey(e.Issue) == nil {
		out = append(out, e.Issue)
	}
	if e.Gone {
		out = append(out, escape(e.Departure()))
	}
	if len(out) == 0 {
		return ""
	}
	return " – " + strings.Join(out, ", ")
}

func mentions(t outcome.Text, u outcome.User) bool {
	return slices.ContainsFunc(t, func(r outcome.Run) bool { return r.User != nil && sameUser(*r.User, u) })
}

func sameUser(a, b outcome.User) bool {
	return cmp.Or(a.AccountID, a.Key, a.Name, a.Display) == cmp.Or(b.AccountID, b.Key, b.Name, b.Display)
}

// text writes what a person typed as one line. Of the people in it only the
// owner of an action is notified; the others stand there by name.
func (w *noteWriter) text(t outcome.Text, owner *outcome.User) string {
	var b, typed strings.Builder
	flush := func() { // escaped as a whole, so that no markup arises between runs
		b.WriteString(beforeMarkup(wikiWords(typed.String())))
		typed.Reset()
	}
	for _, r := range t {
		switch {
		case r.User != nil && owner != nil && sameUser(*r.User, *owner):
			flush()
			b.WriteString(w.mention(*r.User))
		case r.User != nil:
			typed.WriteString(name(*r.User))
		case r.URL != "":
			words, link := linkParts(r.URL, r.Text)
			typed.WriteString(words)
			if link != "" {
				flush()
				b.WriteString(link)
			}
		default:
			typed.WriteString(r.Text)
		}
	}
	b.WriteString(wikiWords(typed.String()))
	return blockStart.ReplaceAllString(strings.TrimSpace(b.String()), noBreak+"$0")
}

// typedAddress is one of the web or of mail in plain text, in the spelling that nothing has
// to encode.
var typedAddress = lazyregexp.New(`\b(?:https?://|mailto:)[^\s<>"“”„«»‘’]+`)

// byAddress divides plain text: the addresses of the web and of mail that people typed are
// runs of their own, with the address as what they show. What stands behind one as the
// sentence's, a stop or a bracket, is none of it.
func byAddress(s string) (t outcome.Text) {
	from := 0
	for _, at := range typedAddress.FindAllStringIndex(s, -1) {
		address := strings.TrimRight(s[at[0]:at[1]], ".,;:!?'*_~|]}")
		if !strings.Contains(address, "(") {
			address = strings.TrimRight(address, ").,;:!?")
		}
		if _, link := linkParts(address, address); link == "" {
			continue
		}
		t = append(t, outcome.Run{Text: s[from:at[0]]}, outcome.Run{Text: address, URL: address})
		from = at[0] + len(address)
	}
	return append(t, outcome.Run{Text: s[from:]})
}

// wikiWords is plain text as wiki markup, in which typed addresses are links: nobody can
// copy or follow one that an invisible character keeps from becoming one.
func wikiWords(s string) string {
	var b strings.Builder
	runs := byAddress(plain(s))
	for i, r := range runs {
		switch _, link := linkParts(r.URL, r.Text); {
		case r.URL != "":
			b.WriteString(link)
		case i+1 < len(runs):
			b.WriteString(beforeMarkup(escape(r.Text)))
		default:
			b.WriteString(escape(r.Text))
		}
	}
	return b.String()
}

// blockStart is what would make a heading or a quotation of a line.
var blockStart = lazyregexp.New(`^(h[1-6]|bq)\.`)

// Ids come from a page that people edit, and a mention in markup ends at the
// first bracket.
var (
	accountID = lazyregexp.New(`^[A-Za-z0-9:_-]{1,128}$`)
	// the length is no part of it: repeated 255 times, the letters of all scripts
	// would cost every start of the program 14 ms
	userName = lazyregexp.New(`^[\p{L}\p{N}._@+-]+$`)
)

const longestUserName = 255

// mention notifies the person where the deployment can name them.
func (w *noteWriter) mention(u outcome.User) string {
	switch {
	case w.cloud && accountID.MatchString(u.AccountID):
		return "[~accountid:" + u.AccountID + "]"
	case !w.cloud && userName.MatchString(u.Name) && utf8.RuneCountInString(u.Name) <= longestUserName:
		return "[~" + u.Name + "]"
	}
	return escape(name(u))
}

// name is the person for people, without notifying them: by id as long as the
// name is not known.
func name(u outcome.User) string {
	return "@" + strings.TrimPrefix(cmp.Or(u.Display, u.Name, u.AccountID, u.Key, "somebody"), "@")
}

// beforeMarkup is escaped text that markup of ours follows: at the end of a text
// an exclamation mark is one, but here it could begin a picture.
func beforeMarkup(escaped string) string {
	if text, ends := strings.CutSuffix(escaped, "!"); ends && !strings.HasSuffix(text, `\`) {
		return text + `\!`
	}
	return escaped
}

// wikiLink links to an address of the web or of mail; any other is only text.
func wikiLink(address, text string) string {
	words, link := linkParts(address, text)
	if link == "" {
		return escape(words)
	}
	return beforeMarkup(escape(words)) + link
}

// linkParts are the words of a link that stand before it, not yet escaped, and
// the link, empty if the address may not be one.
func linkParts(address, text string) (words, link string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, strings.ToLower(u.Scheme)) || u.Host == "" && u.Scheme != "mailto" {
		return cmp.Or(text, address), ""
	}
	target := linkTarget(u.String())
	switch {
	case len(target) > longestAddress:
		return cmp.Or(text, address), ""
	case text == "" || text == address:
		return "", "[" + target + "]"
	case strings.ContainsAny(text, `|[]{}\!^~*`):
		return text + " ", "[" + target + "]" // not every renderer takes escapes inside a link
	}
	return "", "[" + escape(text) + "|" + target + "]"
}

// linkTarget encodes what would end the link or be markup in it.
var linkTarget = strings.NewReplacer(
	"|", "%7C", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", "\\", "%5C", "^", "%5E", "*", "%2A", "!", "%21",
	" ", "%20", "\"", "%22", "<", "%3C", ">", "%3E", "`", "%60",
).Replace
