package draft

// ByHand is a draft for a person to change: without claims, which nobody writes by
// hand and which would go on stating what a line says no more. What its text quotes,
// counts and names is looked up all the same.
func ByHand(d Draft) Draft {
	d = d.Only(func(string, Line) bool { return true })
	for _, p := range d.Parts() {
		for n := range p.Lines {
			p.Lines[n].Claims = nil
		}
	}
	d.Goal.Claims, d.WhyNow.Claims, d.Retro.Claims = nil, nil, nil
	return d
}
