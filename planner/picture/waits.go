package picture

import (
	"slices"
	"strings"

	"refine/planner"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Waits is what waits for what: the session's items, and open issues elsewhere that
// one of them waits for.
type Waits struct {
	// Layers are all keys, the first to do first: each waits only for some of the
	// layers before, but for what closes a circle.
	Layers [][]string
	Edges  []Edge
	Items  []string // those of the keys that are items of the session
}

// An Edge says that an issue waits for another.
type Edge struct{ Issue, For string }

// WaitsOf follows the links of the plan's items. Of an end elsewhere whose status the
// answer does not tell nobody knows whether it is done.
func WaitsOf(p planner.Plan) (w Waits) {
	var (
		issues []*ticket.Issue
		keys   []string
	)
	for n := range p.Items {
		i := &p.Items[n].Issue
		issues, keys = append(issues, i), append(keys, i.Key)
	}
	for _, e := range ticket.Waiting(issues) {
		if slices.Contains(keys, e.Issue) && (e.Status != "" || slices.Contains(keys, e.For)) {
			w.Edges = append(w.Edges, Edge{e.Issue, e.For})
		}
	}
	w.Items = slices.DeleteFunc(keys, func(key string) bool { return !w.names(key) })
	w.Layers = w.layers()
	return w
}

func (w Waits) names(key string) bool {
	return slices.ContainsFunc(w.Edges, func(e Edge) bool { return e.Issue == key || e.For == key })
}

// layers puts each issue behind all that it waits for. An edge that would close a
// circle is not counted.
func (w Waits) layers() (layers [][]string) {
	depth, under := map[string]int{}, map[string]bool{}
	var visit func(key string) int
	visit = func(key string) int {
		if d, known := depth[key]; known {
			return d
		}
		under[key] = true
		d := 0
		for _, e := range w.Edges {
			if e.Issue == key && !under[e.For] {
				d = max(d, visit(e.For)+1)
			}
		}
		under[key] = false
		depth[key] = d
		return d
	}
	for _, key := range w.keys() {
		d := visit(key)
		for len(layers) <= d {
			layers = append(layers, nil)
		}
		layers[d] = append(layers[d], key)
	}
	return layers
}

// keys are all issues of the picture: the items in the plan's order, then others.
func (w Waits) keys() []string {
	keys := slices.Clone(w.Items)
	for _, e := range w.Edges {
		if !slices.Contains(keys, e.For) {
			keys = append(keys, e.For)
		}
	}
	return keys
}

// File implements [Picture].
func (Waits) File() string { return "refine-dependencies.png" }

// Words implements [Picture].
func (w Waits) Words() string { return "What waits for what: " + strings.Join(w.Lines(), "; ") + "." }

// Lines say for each issue what it waits for.
func (w Waits) Lines() (lines []string) {
	for _, key := range w.Items {
		var others []string
		for _, e := range w.Edges {
			if e.Issue == key {
				others = append(others, e.For)
			}
		}
		if len(others) > 0 {
			lines = append(lines, key+" waits for "+text.Enumerate(others))
		}
	}
	return lines
}
