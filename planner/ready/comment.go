package ready

import (
	"slices"
	"strings"
	"sync"

	"refine/planner/text"
	"refine/planner/ticket"
)

// reportsProgress tells a comment about the work from one about the problem.
func reportsProgress(d *text.Doc) bool {
	if strings.Contains(d.Raw, "github.com/") && (strings.Contains(d.Raw, "/pull/") || strings.Contains(d.Raw, "/commit/")) {
		return true
	}
	return slices.ContainsFunc(d.Blocks, func(b text.Block) bool {
		return slices.ContainsFunc(b.Sentences, func(s text.Sentence) bool { return s.Is(text.Progress) })
	})
}

// byProgram reports a comment that nobody wrote: continuous integration and
// code hosts post them, under names of their own or of whoever set them up.
func byProgram(c *ticket.Comment) bool {
	return isBot(c.Author.Name) || automatic(c.Body)
}

var botNames = wordSet("bot jenkins hudson bamboo travis ci sonarqube gitlab github bitbucket buildbot qa-bot automation dependabot renovate")

func isBot(author string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(author), notWordByte), func(w string) bool { return botNames()[w] })
}

func notWordByte(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }

// automaticTexts are what continuous integration and code hosts post.
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

// wordSet is the list's words, sorted in when somebody first asks: most runs of the
// program read no story.
func wordSet(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			set[w] = true
		}
		return set
	})
}
