package ready

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// Where a text of an issue stands, as [ticket.Evidence] names it. A comment is
// "comment by Dana".
const (
	Summary     = "summary"
	Description = "description"
	CriteriaIn  = "acceptance criteria"
)

// A Text is one text of an issue, as it was read.
type Text struct {
	*text.Doc
	Where string
	// Comment is the comment that the text is, nil for the ticket's own texts,
	// and Nth its place among the issue's.
	Comment *ticket.Comment
	Nth     int
	// Progress marks comments about the work, or a change of the code: they tell
	// how the ticket went on, and not what its problem is. Program marks those
	// that no person wrote.
	Progress, Program bool
}

// By is who wrote a comment; nobody, of the ticket's own texts.
func (t *Text) By() ticket.Person {
	if t.Comment == nil {
		return ticket.Person{}
	}
	return t.Comment.Author
}

// A Reading is a ticket as it was read.
type Reading struct {
	issue ticket.Issue
	texts []*Text
	lang  *text.Language

	story     Story // the user story that it holds, if any
	storyFrom *Text
	lone      bool            // it is a story by itself, as in a list of stories
	main      ticket.Evidence // see [Reading.findMain]
	done      doneness
}

// Read reads an issue by itself.
func Read(i ticket.Issue) *Reading {
	r := &Reading{issue: i}
	own := []*text.Doc{text.ReadLine(i.Summary), text.Read(i.Description), text.Read(i.AcceptanceCriteria)}
	r.lang = text.Listen(own...)
	for n, where := range []string{Summary, Description, CriteriaIn} {
		r.texts = append(r.texts, &Text{Doc: own[n], Where: where})
	}
	for n := range i.Comments {
		r.addComment(&i.Comments[n], n)
	}
	r.findStory()
	r.main = r.findMain()
	r.done = r.findDone()
	return r
}

func (r *Reading) addComment(c *ticket.Comment, n int) {
	t := &Text{Where: "comment by " + cmp.Or(c.Author.Name, "somebody"), Comment: c, Nth: n, Program: byProgram(c)}
	if t.Program {
		t.Doc = &text.Doc{Raw: c.Body}
	} else {
		t.Doc = text.Read(c.Body)
		r.lang.Listen(t.Doc)
		t.Progress = reportsProgress(t.Doc)
	}
	r.texts = append(r.texts, t)
}

// Issue is what was read.
func (r *Reading) Issue() ticket.Issue { return r.issue }

// Language is the one that the ticket is written in, nil if there are no rules
// for it.
func (r *Reading) Language() *text.Language { return r.lang }

// Texts are the ticket's title, description and criteria, even where they are
// empty, and then its comments, oldest first.
func (r *Reading) Texts() []*Text { return r.texts }

// Text is the ticket's own text of that name, nil if there is none such.
func (r *Reading) Text(where string) *Text {
	for _, t := range r.texts {
		if t.Where == where && t.Comment == nil {
			return t
		}
	}
	return nil
}

// Comments are the ticket's comments, oldest first.
func (r *Reading) Comments() []*Text { return r.texts[ownTexts:] }

// ownTexts is how many texts of a ticket are its own.
const ownTexts = 3

// Cut names the texts that were too long to be read to their end.
func (r *Reading) Cut() (where []string) {
	for _, t := range r.texts {
		if t.Doc.Cut {
			where = append(where, t.Where)
		}
	}
	return where
}

// Holds reports whether a quote stands in one of the ticket's texts, markup and
// white space aside: in any of them, or in those that are named.
func (r *Reading) Holds(quote string, where ...string) bool {
	return slices.ContainsFunc(r.texts, func(t *Text) bool {
		return (len(where) == 0 || slices.Contains(where, t.Where)) && t.Holds(quote)
	})
}

// IsSentence reports whether a quote is a whole sentence of the ticket.
func (r *Reading) IsSentence(quote string) bool {
	quote = strings.Trim(quote, " .!")
	for said := range r.Sentences() {
		if len(said.Sentence.Text) >= len(quote) && strings.Trim(said.Sentence.Text, " .!") == quote {
			return true
		}
	}
	return false
}

// Said is a sentence of a ticket and where it stands.
type Said struct {
	text.Sentence
	Text  *Text
	Block *text.Block
	Nth   int // among the block's sentences
}

// Next is the sentence behind it in its block.
func (s Said) Next() (text.Sentence, bool) {
	if s.Nth+1 < len(s.Block.Sentences) {
		return s.Block.Sentences[s.Nth+1], true
	}
	return text.Sentence{}, false
}

// Quote makes evidence of what the sentence says at those of its bytes, if that
// can be shown.
func (s Said) Quote(at [2]int) (ticket.Evidence, bool) { return s.Text.quote(s.Sentence.Text, at) }

// leastQuoted is how many words a quote needs to make sense by itself.
const leastQuoted = 3

func (t *Text) quote(sentence string, at [2]int) (ticket.Evidence, bool) {
	q := text.Clip(sentence, at)
	return ticket.Evidence{Where: t.Where, Quote: q}, text.Count(q) >= leastQuoted && t.Holds(q)
}

// beginning quotes a sentence from its beginning.
func (t *Text) beginning(sentence string) (ticket.Evidence, bool) {
	return t.quote(sentence, [2]int{0, min(1, len(sentence))})
}

// Sentences ranges over all that is said in the ticket, comments of programs
// aside, in the order of [Reading.Texts].
func (r *Reading) Sentences() iter.Seq[Said] {
	return func(yield func(Said) bool) {
		for _, t := range r.texts {
			for b := range t.Blocks {
				for n, s := range t.Blocks[b].Sentences {
					if !yield(Said{s, t, &t.Blocks[b], n}) {
						return
					}
				}
			}
		}
	}
}

// wanted ranges over the sentences in which the ticket's writer says what is
// wanted: no comment, heading, test step or surroundings.
func (r *Reading) wanted() iter.Seq[Said] {
	return func(yield func(Said) bool) {
		for s := range r.Sentences() {
			if s.Text.Comment == nil && s.Block.Kind != text.Heading && !s.Block.Aside && !yield(s) {
				return
			}
		}
	}
}

// A statement is a block of the ticket's own text, title and headings aside.
type statement struct {
	*text.Block
	from *Text
}

func (r *Reading) statements() iter.Seq[statement] {
	return func(yield func(statement) bool) {
		for _, t := range r.texts {
			if t.Comment != nil || t.Where == Summary {
				continue
			}
			for n := range t.Blocks {
				if t.Blocks[n].Kind != text.Heading && !yield(statement{&t.Blocks[n], t}) {
					return
				}
			}
		}
	}
}

// evidence quotes a block, however short.
func (s statement) evidence() (ticket.Evidence, bool) {
	if ev, ok := s.from.beginning(s.Block.Text); ok {
		return ev, true
	}
	quote := strings.Trim(text.Clip(s.Block.Text, [2]int{0, 1}), " .,;:")
	return ticket.Evidence{Where: s.from.Where, Quote: quote}, text.Fold(quote) != "" && s.from.Holds(quote)
}

// words counts what the ticket says beside its title.
func (r *Reading) words() (n int) {
	for _, t := range r.texts {
		if t.Comment == nil && t.Where != Summary {
			n += t.Words()
		}
	}
	return n
}
