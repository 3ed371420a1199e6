package storage

import "sync"

// A run asks several things of one body: whose it is, what stands as it was
// written, what people typed, where the receipt goes. The bodies parsed last are
// kept, so that each is read once. A document is never changed, so it may be
// shared.
const (
	keptBodies  = 8
	longestKept = 256 << 10 // bytes; the nodes take many times as much
)

type kept struct {
	sync.Mutex
	docs [keptBodies]*Document
	next int
}

var lately kept

// find is the document of a body that was parsed lately, or nil.
func (k *kept) find(body string) *Document {
	k.Lock()
	defer k.Unlock()
	for _, d := range k.docs {
		if d != nil && d.Source == body {
			return d
		}
	}
	return nil
}

func (k *kept) keep(d *Document) {
	if len(d.Source) > longestKept {
		return
	}
	k.Lock()
	defer k.Unlock()
	k.docs[k.next] = d
	k.next = (k.next + 1) % keptBodies
}
