package guide

import (
	_ "embed"
	"sync"
)

// The built-in guides, by the formats that they give a session.
const (
	Default = "guide" // 90 minutes, about problems alone
	POPM    = "popm"  // 90 minutes, with sizes and order
	Weekly  = "weekly"
)

var (
	//go:embed guide.md
	defaultText string
	//go:embed popm.md
	popmText string
	//go:embed weekly.md
	weeklyText string

	builtIn = map[string]func() Guide{
		Default: parsedOnce(Default, defaultText),
		POPM:    parsedOnce(POPM, popmText),
		Weekly:  parsedOnce(Weekly, weeklyText),
	}
)

func parsedOnce(name, text string) func() Guide {
	return sync.OnceValue(func() Guide {
		g, err := parse(name, text)
		if err != nil {
			panic("guide: a built-in one: " + err.Error())
		}
		return g
	})
}

// BuiltIn is the guide of a format; an unknown format has that of [Default].
func BuiltIn(format string) Guide {
	if g, ok := builtIn[format]; ok {
		return g()
	}
	return builtIn[Default]()
}
