package draft

import "time"

// Hasty shortens the pause before a request is repeated.
func Hasty(d *Drafter) *Drafter {
	d.breath = time.Millisecond
	return d
}
