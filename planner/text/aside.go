package text

import (
	"slices"
	"strings"
)

// setAside marks what tells how something is tried, and not what is wanted.
func setAside(blocks []Block) {
	under, aside := "", false
	for n := range blocks {
		if b := &blocks[n]; b.Under != under {
			under, aside = b.Under, template(b.Under)
		}
		blocks[n].Aside = aside
	}
	setScriptsAside(blocks)
}

// handled is what somebody does with a screen or a device when they try
// something out, at the beginning of a step.
var handled = WordSet("click tap drag press navigate login log open go select type scroll swipe launch refresh observe notice unzip extract choose hover rotate reload relaunch shake hit")

// leastSteps is how many entries make a script.
const leastSteps = 3

// setScriptsAside marks lists of test steps that no heading announces: three
// entries or more, half of which handle something. What stands among acceptance
// criteria is a test that somebody agreed on.
func setScriptsAside(blocks []Block) {
	for from := 0; from < len(blocks); {
		to, steps := from, 0
		for to < len(blocks) && blocks[to].Kind == Bullet && blocks[to].Under == blocks[from].Under {
			if handled[strings.ToLower(strings.TrimRight(leadingWord(blocks[to].Text), ",:"))] {
				steps++
			}
			to++
		}
		if to-from >= leastSteps && steps*2 >= to-from && blocks[from].Within == "" && !NamesCriteria(blocks[from].Under) {
			for n := from; n < to; n++ {
				blocks[n].Aside = true
			}
		}
		from = max(to, from+1)
	}
}

// template reports headings under which tickets hold test steps rather than the
// problem, in any language.
func template(heading string) bool {
	words := wordsIn(heading)
	return slices.ContainsFunc(spoken().all, func(x *Language) bool { return x.beginsWith(words, Template) })
}
