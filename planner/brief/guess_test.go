package brief_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L14: what a ticket tells without being sure of it: in its text, or in its last comment
// where that says so in plain words; a question, thanks and what was said before are none.
func TestGuess(t *testing.T) {
	t.Parallel()
	said := func(comments ...string) ticket.Issue {
		i := described("LIB-1", "The door stays shut at night.")
		for _, c := range comments {
			i.Comments = append(i.Comments, ticket.Comment{Author: ticket.Person{Name: "Dana"}, Body: c})
		}
		return i
	}
	for name, c := range map[string]struct {
		issue ticket.Issue
		want  string
	}{
		"a cause":            {described("LIB-1", "The door stays shut. I suspect that the card reader is off."), "I suspect that the card reader is off"},
		"more of it":         {described("LIB-1", "There are probably more doors like that."), "There are probably more doors like that"},
		"it is not known":    {described("LIB-1", "I see no way to open the door from here."), "I see no way to open the door from here"},
		"nobody knows":       {said("We still don't know who has the key."), "We still don't know who has the key"},
		"a need":             {described("LIB-1", "It might need a new printer."), "It might need a new printer"},
		"a need of readers":  {described("LIB-1", "Readers might need a new card."), ""},
		"nothing":            {described("LIB-1", "The door stays shut."), ""},
		"an opinion":         {described("LIB-1", "I believe we should open the door."), ""},
		"a question":         {described("LIB-1", "Perhaps the card reader is off?"), ""},
		"the last comment":   {said("It is the left door.", "Perhaps the reader of cards is off at night."), "Perhaps the reader of cards is off at night"},
		"a comment before":   {said("Perhaps the reader of cards is off at night.", "It is the left door."), ""},
		"somebody's belief":  {said("I believe it is the left door."), ""},
		"thanks":             {said("Thanks, maybe I was at the left door."), ""},
		"it leads to a list": {described("LIB-1", "These are probably shut:\n* left\n* right"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said := ""
			if all := made(c.issue).Tickets[0].Guesses(); len(all) > 0 {
				said = all[0].Quote
			}
			assert.Equal(t, c.want, said)
		})
	}
}
