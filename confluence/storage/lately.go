package storage

import "sync"

// A run asks several things of one body and of each of its regions: whose it is, what
// stands as it was written, what people typed, where the receipt goes. The bodies
// parsed last are kept, so that each is read once. A document is never changed, so it
// may be shared.
const keptBytes = 2 << 20 // of their sources; the nodes take many times as much

type kept struct {
	sync.Mutex
	docs  map[string]*Document // by their sources
	order []string             // the oldest source first
	bytes int
}

var lately kept

// ReadAhead reads a body of which somebody will soon ask what it says, beside what they do
// until then.
func ReadAhead(body string) {
	if d, err := Parse(body); err == nil { // whoever asks is told the error
		d.Saying()
	}
}

// find is the document of a body that was parsed lately, or nil.
func (k *kept) find(body string) *Document {
	k.Lock()
	defer k.Unlock()
	return k.docs[body]
}

func (k *kept) keep(d *Document) {
	if len(d.Source) > keptBytes {
		return
	}
	k.Lock()
	defer k.Unlock()
	if k.docs[d.Source] != nil {
		return
	}
	if k.docs == nil {
		k.docs = map[string]*Document{}
	}
	k.docs[d.Source] = d
	k.order = append(k.order, d.Source)
	for k.bytes += len(d.Source); k.bytes > keptBytes; k.order = k.order[1:] {
		k.bytes -= len(k.order[0])
		delete(k.docs, k.order[0])
	}
}
