package planner

import (
	"regexp"
	"strings"
)

// shortEnough is the length up to which a title is read in passing.
const shortEnough = 60

var (
	// titleTurn is where a title goes on to its circumstances.
	titleTurn = regexp.MustCompile(`(?:[;:(\[]|, | [–—-] | (?:so that|in order to|because|since|when|while|if|but|which|that|as well as|such as|without|until|unless)\b)`)
	// wanting begins what a story's role wants.
	wanting = regexp.MustCompile(`(?i)^(?:want|need|wish|would like)s? (?:to |for )?(?:be able to )?`)
)

// ShortTitle is the issue's title as an agenda names it, where its key stands
// beside it: what a story's role wants, without what files a title, and of a long
// one the first clause.
func ShortTitle(i Issue) string {
	title := withoutComponent(oneLine(i.Summary))
	if story := ParseStory(title); story.Complete() {
		if means := wanting.ReplaceAllString(oneLine(story.Means), ""); len(strings.Fields(means)) > 1 {
			title = upperFirst(strings.TrimRight(means, " .,;:"))
		}
	}
	if at := titleTurn.FindStringIndex(title); len(title) > shortEnough && at != nil && len(strings.Fields(title[:at[0]])) > 2 {
		title = strings.TrimRight(title[:at[0]], " .,;:")
	}
	return title
}

// withoutComponent is a title without what files it, if enough is left.
func withoutComponent(title string) string {
	if rest := title[len(component.FindString(title)):]; len(strings.Fields(rest)) >= 2 {
		return rest
	}
	return title
}
