package storage

import "time"

// An Inline is a piece of a line: text, a link, a lozenge. The zero value is
// nothing.
type Inline struct{ markup string }

// Plain is text without emphasis.
func Plain(text string) Inline { return Inline{escape(text)} }

// Strong is text in bold.
func Strong(text string) Inline { return run("strong", text) }

// Em is text in italics.
func Em(text string) Inline { return run("em", text) }

func run(name, text string) Inline { return Inline{element(name, nil, escape(text))} }

// Break begins a new line within a paragraph.
func Break() Inline { return Inline{element("br", nil, "")} }

// Link is a link to a web or mail address. Where url is neither, only the text
// remains.
func Link(url, text string) Inline {
	if !isAbsoluteLink(url) {
		return Plain(text)
	}
	return Inline{element("a", []Attr{{"href", url}}, escape(text))}
}

// Anchor is a place on the page that a [Jump] leads to. It shows nothing.
func Anchor(name string) Inline { return Inline{macro("anchor", []Attr{{"", name}})} }

// Jump is a link to an anchor of the same page.
func Jump(anchor, text string) Inline {
	return Inline{element("ac:link", []Attr{{"ac:anchor", anchor}}, element("ac:link-body", nil, escape(text)))}
}

// IssueStyle is the way in which a page shows an issue.
type IssueStyle int

const (
	// IssueCard is a link that Confluence Cloud shows as a card of one line,
	// with the issue's current summary and status.
	IssueCard IssueStyle = iota
	// IssueMacro is the macro of Data Center, which does the same through the
	// site's link to Jira. The address is not needed.
	IssueMacro
)

// JiraIssue is an issue, shown as it stands in Jira when the page is read.
func JiraIssue(style IssueStyle, key, url string) Inline {
	switch {
	case style == IssueMacro:
		return Inline{macro("jira", []Attr{{"key", key}})}
	case !isAbsoluteLink(url):
		return Plain(key)
	default:
		attrs := []Attr{{"href", url}, {"data-card-appearance", "inline"}}
		return Inline{element("a", attrs, escape(key))}
	}
}

// Colour is the colour of a status lozenge. It never says anything that the
// lozenge's title does not.
type Colour string

// The colours that the status macro knows.
const (
	Grey   Colour = "Grey"
	Red    Colour = "Red"
	Yellow Colour = "Yellow"
	Green  Colour = "Green"
	Blue   Colour = "Blue"
	Purple Colour = "Purple"
)

// Status is a status lozenge.
func Status(colour Colour, title string) Inline {
	return Inline{macro("status", []Attr{{"colour", string(colour)}, {"title", title}})}
}

// Time is a day, which Confluence shows in the reader's language. In a task the
// first one is the due date.
func Time(day time.Time) Inline {
	return Inline{element("time", []Attr{{"datetime", day.Format(time.DateOnly)}}, "")}
}

// A User is a person as a page mentions them.
type User struct {
	AccountID string // Cloud
	Key       string // Data Center
}

// Mention is a person. In a task the first one is its owner. The zero User is
// nobody, and nothing is written.
func Mention(u User) Inline {
	var user string
	switch {
	case u.AccountID != "":
		user = element("ri:user", []Attr{{"ri:account-id", u.AccountID}}, "")
	case u.Key != "":
		user = element("ri:user", []Attr{{"ri:userkey", u.Key}}, "")
	default:
		return Inline{}
	}
	return Inline{element("ac:link", nil, user)}
}

// Placeholder is a hint that disappears when somebody types in its place. It is
// not content.
func Placeholder(hint string) Inline { return run("ac:placeholder", hint) }
