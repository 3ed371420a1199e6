package planner

import (
	"regexp"
	"strings"
)

// What a title's verb tells of the problem behind it. {thing} is the verb's
// object; the questions are about who meets the thing, never about the verb.
var titleAsks = []struct {
	verbs string
	asks  []string
	find  string
	gets  string
}{
	{
		"document describe write clarify",
		[]string{
			"What did somebody last fail to do because {thing} is described nowhere?",
			"Who has to explain {thing} to others today, and what do they get wrong without it?",
			"What will somebody do by themselves once {thing} can be read about?",
		},
		"what somebody fails to do because {thing} is described nowhere", "one task that it has to make possible",
	},
	{
		"investigate research explore evaluate determine analyze analyse spike identify review",
		[]string{
			"Which decision waits for what is found out about {thing}, and whose is it?",
			"What has happened around {thing} that makes somebody ask now?",
		},
		"which decision waits for {thing}", "the decision that it is for",
	},
	{
		"test verify validate automate track ensure",
		[]string{
			"Which fault of {thing} would reach people unnoticed today, and whom first?",
			"Who finds out today that {thing} is broken, and how late?",
		},
		"which fault of {thing} nobody would notice today", "a fault that it must catch",
	},
	{
		"combine refactor clean improve optimize optimise simplify redesign rework reorganize reorganise organize organise restructure streamline consolidate standardize standardise unify enhance handle reduce increase revise rewrite",
		[]string{
			"What went wrong or took too long with {thing} last, and for whom?",
			"Who gets around {thing} today, and by what means?",
			"Whose work stops at {thing}, and how often?",
		},
		"whose work stops at {thing}", "a case in which {thing} no longer stops anybody",
	},
	{
		"fix resolve correct prevent",
		[]string{
			"Who was last hit by {thing}, and what could they not finish?",
			"What do people do today to get around {thing}?",
		},
		"who is hit by {thing}, and when", "one case that goes wrong today because of {thing}",
	},
	{
		"upgrade update migrate move port convert switch replace modify change recompile rename merge",
		[]string{
			"What can people not do with {thing} today?",
			"Who is affected by a change of {thing}, and what do they have to know?",
		},
		"what people cannot do with {thing} today", "one task that {thing} must make possible",
	},
	{
		"use wrap",
		[]string{
			"What is wrong with what is there today instead of {thing}, and for whom?",
			"Whose trouble would end with {thing}?",
		},
		"whose trouble would end with {thing}", "the trouble that it ends",
	},
	{
		"remove drop deprecate disable hide delete",
		[]string{
			"Who still uses {thing}, and how would they find out that it goes?",
			"What works today only because of {thing}?",
		},
		"who still uses {thing}", "the people who lose {thing}",
	},
	{
		"design define plan prepare establish prioritize prioritise split finalize finalise release publish",
		[]string{
			"Who will work by {thing}, and what would make it useless to them?",
			"Who acts differently once {thing} is there, and in which situation?",
		},
		"who will work by {thing}", "a situation in which somebody acts by it",
	},
	{
		"", // every other verb brings something new
		[]string{
			"Who has asked for {thing}, and what do they do without it today?",
			"Which task stops today for want of {thing}, and whose is it?",
			"Who would use {thing} in its first week, and for what?",
			"What goes wrong today without {thing}, and for whom?",
		},
		"who needs {thing}, and for what", "somebody who needs {thing} and one use of it",
	},
}

// nameAsks are for titles that only name a thing.
var nameAsks = []string{
	"Who works with {thing}, and which part of it do they count on?",
	"What was the last trouble with {thing}, and who had it?",
	"Who would notice first if nothing changed about {thing}?",
}

// unwanted ends the name of what nobody would miss.
var unwanted = regexp.MustCompile(`(?i)\b(?:restrictions?|limits?|limitations?|errors?|warnings?|workarounds?|hacks?|duplicates?|leaks?|bugs?|crash(?:es)?)$`)

// aboutThing are questions about what the ticket's title names, with the same as
// a thing to find out, what the ticket gets by an answer, and what the wordings
// have in common whatever they are about. They are empty
// where the title names nothing that could stand in a sentence.
func (r *reading) aboutThing() (asks []string, find, gets, form string) {
	bare := r.thing()
	if bare == "" {
		return nil, "", "", ""
	}
	return r.aboutAs(definite(bare))
}

// aboutAs is the same for a thing called otherwise.
func (r *reading) aboutAs(thing string) (asks []string, find, gets, form string) {
	put := strings.NewReplacer("{thing}", thing).Replace
	class := titleAsks[len(titleAsks)-1]
	verb, _ := r.command()
	if verb == "" {
		for _, a := range nameAsks {
			asks = append(asks, put(a))
		}
		return asks, put("who works with {thing}, and what they count on"), "", "name"
	}
	if unwanted.MatchString(r.thing()) {
		verb = "fix" // to remove what nobody wants is to mend something
	}
	for _, t := range titleAsks {
		if wordSet(t.verbs)[verb] {
			class = t
			break
		}
	}
	for _, a := range class.asks {
		asks = append(asks, put(a))
	}
	return asks, put(class.find), put(class.gets), class.gets
}
