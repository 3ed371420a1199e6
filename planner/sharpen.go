package planner

// sharpen says of tickets that only lack a result what they need first, in
// their own words: "no result" is true of most tickets and tells a team
// nothing. The item's quote becomes the reason for that.
func (b *builder) sharpen() {
	for _, r := range b.taken {
		for n := range r.findings {
			f := &r.findings[n]
			if f.Rule != ruleCriteria {
				continue
			}
			if p, ok := r.probeOf(*f); ok && p.fill(p.gets) != "" {
				f.Message = "no line says when it is done; first of all it needs " + p.fill(p.gets)
				f.Evidence = []Evidence{p.ev}
			}
		}
	}
}
