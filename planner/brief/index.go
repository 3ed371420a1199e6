package brief

// An index finds what a brief holds by key, since every room asks for it.
type index struct {
	tickets map[string]*Ticket
	doubts  map[string][]Doubt // of each ticket, heaviest first
	byID    map[string]Doubt
}

// Seal makes a brief whose fields are set ready to be asked. What is changed
// afterwards is not seen.
func (b *Brief) Seal() *Brief {
	b.index = &index{tickets: map[string]*Ticket{}, doubts: map[string][]Doubt{}, byID: map[string]Doubt{}}
	for n := range b.Tickets {
		b.index.tickets[b.Tickets[n].Issue.Key] = &b.Tickets[n]
	}
	if b.Epic != nil {
		b.index.tickets[b.Epic.Issue.Key] = b.Epic
	}
	for _, d := range b.Doubts {
		b.index.byID[d.ID] = d
		for _, key := range d.Keys {
			b.index.doubts[key] = append(b.index.doubts[key], d)
		}
	}
	return b
}

// Of are the doubts about a ticket, heaviest first.
func (b *Brief) Of(key string) []Doubt { return b.index.doubts[key] }

// Doubt is the one with that id.
func (b *Brief) Doubt(id string) (Doubt, bool) {
	d, ok := b.index.byID[id]
	return d, ok
}

// Ticket is the one with that key, the epic included; nil if there is none.
func (b *Brief) Ticket(key string) *Ticket { return b.index.tickets[key] }
