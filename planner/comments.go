package planner

import (
	"fmt"
	"slices"
	"strings"
)

// useful tells a comment that may hold evidence, as it was read, from one that
// reports progress: that tells how the ticket ended, not what its problem is.
func useful(c Comment, read []located) bool {
	return !byProgram(c) && !linksToChange(c.Body) && !slices.ContainsFunc(read, func(b located) bool {
		return slices.ContainsFunc(b.said, func(s sentence) bool { return s.is(saysProgress) })
	})
}

// linksToChange reports a link to a change of the code.
func linksToChange(s string) bool {
	return strings.Contains(s, "github.com/") && (strings.Contains(s, "/pull/") || strings.Contains(s, "/commit/"))
}

// byProgram reports a comment that nobody wrote: continuous integration and
// code hosts post them, under names of their own or of whoever set them up.
func byProgram(c Comment) bool {
	return isBot(c.Author.Name) || automatic(c.Body)
}

var botNames = wordSet("bot jenkins hudson bamboo travis ci sonarqube gitlab github bitbucket buildbot qa-bot automation dependabot renovate")

func isBot(author string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(author), notWordByte), func(w string) bool { return botNames[w] })
}

func notWordByte(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }

// automatic texts are what continuous integration and code hosts post.
var automaticTexts = []string{
	"integrated in ", "success: integrated", "failure: integrated", "build failed in jenkins", "-1 overall", "+1 overall",
	"here are the results of testing the latest attachment", "opened a pull request", "github user ", "commented on a diff", "commented on the pull request",
	"|| vote ||", "| vote |", "console output:", "commit message from", "mentioned this issue in", "this is an automat", "this message was sent by",
	"asf subversion and git services", "asf github bot", "no tests are needed for this patch", "in merge request", "a commit of",
}

// automaticStart is how far into a comment such a text begins.
const automaticStart = 200

func automatic(body string) bool {
	start := strings.ToLower(body[:min(len(body), automaticStart)])
	return slices.ContainsFunc(automaticTexts, func(t string) bool { return strings.Contains(start, t) })
}

// A commentCount says what became of the comments of some items.
type commentCount struct {
	used     int // as evidence
	progress int // about progress or a change of the code: read only for what they leave open
	program  int // posted by a program, and not read
	unread   int // not delivered
}

func countComments(items []*reading) (n commentCount) {
	for _, r := range items {
		for _, s := range r.sources {
			if s.comment {
				n.used++
			}
		}
		for _, c := range r.issue.Comments {
			if byProgram(c) {
				n.program++
			}
		}
		n.progress += len(r.issue.Comments)
		n.unread += max(r.issue.CommentTotal-len(r.issue.Comments), 0)
	}
	n.progress -= n.used + n.program
	return n
}

// commentsRead states which comments were used, and why the others were not.
func (b *builder) commentsRead() string {
	n := countComments(b.taken)
	total := n.used + n.progress + n.program
	if total == 0 {
		return ""
	}
	s := fmt.Sprintf("%d of %d %s used; %s", n.used, total, agree(n.used, "was", "were"), n.aside())
	switch {
	case n.used == total:
		s = agree(total, "the only one was used", allOf(total)+" were used")
	case n.used == 0 && total == 1:
		s = "the only one was not used; it " + n.aside()
	case n.used == 0:
		s = fmt.Sprintf("none of the %d was used; %s", total, n.aside())
	}
	if b.existing() != "" {
		s += fmt.Sprintf("; what %s to was not read", agree(total, "it links", "they link"))
	}
	if n.unread > 0 {
		s += fmt.Sprintf("; %s not delivered", agree(n.unread, "1 older one was", fmt.Sprintf("%d older ones were", n.unread)))
	}
	return "Comments: " + s + "."
}

// aside says what those are that were not used.
func (n commentCount) aside() string {
	kinds := slices.DeleteFunc([]asideKind{
		{n.progress, "is about progress or a code change, read only for what it leaves open", "are about progress or a code change, read only for what they leave open"},
		{n.program, "was posted by a program", "were posted by programs"},
	}, func(k asideKind) bool { return k.n == 0 })
	if len(kinds) == 1 {
		switch k := kinds[0]; {
		case n.used == 0:
			return agree(k.n, k.one, "they "+k.more)
		case k.n == 1:
			return "the other one " + k.one
		default:
			return fmt.Sprintf("the other %d %s", k.n, k.more)
		}
	}
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%d %s", k.n, agree(k.n, k.one, k.more)))
	}
	return enumerate(parts)
}

// An asideKind is comments that were not used for one reason, said of one and of
// more.
type asideKind struct {
	n         int
	one, more string
}
