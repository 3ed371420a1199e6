package planner

import "strings"

// handled is what somebody does with a screen or a device when they try
// something out, at the beginning of a step.
var handled = wordSet("click tap drag press navigate login log open go select type scroll swipe launch refresh observe notice unzip extract choose hover rotate reload relaunch shake hit")

// leastSteps is how many entries make a script.
const leastSteps = 3

// setScriptsAside marks lists of test steps that no heading announces: three
// entries or more, half of which handle something. What stands among acceptance
// criteria is a test that somebody agreed on.
func setScriptsAside(blocks []located) {
	for from := 0; from < len(blocks); {
		to, steps := from, 0
		for to < len(blocks) && blocks[to].kind == bullet && blocks[to].under == blocks[from].under {
			if handled[strings.ToLower(strings.TrimRight(leadingWord(blocks[to].text), ",:"))] {
				steps++
			}
			to++
		}
		if to-from >= leastSteps && steps*2 >= to-from && blocks[from].within == "" && !namesCriteria(blocks[from].under) {
			for n := from; n < to; n++ {
				blocks[n].aside = true
			}
		}
		from = max(to, from+1)
	}
}
