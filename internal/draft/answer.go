package draft

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"refine/planner"
)

// codeFence is Markdown around the whole of an answer, which models add though
// nobody asked for it.
var codeFence = regexp.MustCompile("(?s)^```[a-zA-Z]*\r?\n(.*?)\r?\n?```$")

// parse reads an answer, and says what keeps it from being one.
func parse(text string, schema json.RawMessage) (planner.Drafted, []planner.Violation) {
	text = strings.TrimSpace(text)
	if m := codeFence.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return planner.Drafted{}, formFault("it is not one complete JSON object; answer with nothing else, and shorter if it was cut off")
	}
	if broken := conforms(value, schema); len(broken) > 0 {
		return planner.Drafted{}, broken
	}
	var d planner.Drafted
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return planner.Drafted{}, formFault("it does not fit the schema")
	}
	return d, nil
}

func formFault(detail string) []planner.Violation {
	return []planner.Violation{{Rule: "form", Detail: detail}}
}

// conforms lists where a value departs from the schema.
func conforms(value any, schema json.RawMessage) (broken []planner.Violation) {
	compiled, err := compile(schema)
	if err != nil {
		return formFault("the schema cannot be used: " + err.Error())
	}
	err = compiled.Validate(value)
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return nil
	}
	for _, unit := range invalid.BasicOutput().Errors {
		if unit.Error != nil {
			broken = append(broken, planner.Violation{Rule: "form", Detail: fmt.Sprintf("at %q: %s", unit.InstanceLocation, unit.Error)})
		}
	}
	if len(broken) == 0 {
		return formFault("it does not fit the schema")
	}
	return slices.Compact(broken)
}

func compile(schema json.RawMessage) (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answer.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("answer.json")
}
