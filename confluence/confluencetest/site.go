package confluencetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// site is the state of a server: spaces, pages, people, and the search index
// that may lag behind them. Its methods are called with the server locked.
type site struct {
	cloud  bool
	now    func() time.Time
	spaces []*space
	pages  []*page // in the order of their creation, which is that of their ids
	people []*User
	me     *User // the account of the API
	tasks  map[string]*task
	index  index

	readOnly bool
	noFiles  bool
	serial   int64 // of the last id given
	minted   int   // of the last random-looking id given
}

type space struct {
	id, key, name string
	home          *page
	created       time.Time
}

func newSite(o Options) *site {
	t := &site{
		cloud: o.Deployment == Cloud, now: o.Now, tasks: map[string]*task{}, serial: 65536,
	}
	t.enlist(o)
	if err := t.addSpace(o.SpaceKey, o.SpaceName); err != nil {
		panic("confluencetest: " + err.Error())
	}
	return t
}

func (t *site) addSpace(key, name string) error {
	if t.spaceByKey(key) != nil {
		return refuse(http.StatusBadRequest, "A space already exists with key %s", key)
	}
	sp := &space{id: t.id(), key: key, name: name, created: t.stamp()}
	home, err := t.create(newPage{
		space: sp, title: name + " Home", body: "<p>Welcome to " + escaped(name) + ".</p>",
		status: statusCurrent, author: t.people[0], root: true,
	})
	if err != nil {
		return err
	}
	sp.home = home
	t.spaces = append(t.spaces, sp)
	return nil
}

// id is the next id: a number, growing unevenly as those of a busy site do.
func (t *site) id() string {
	t.serial += 17 + t.serial%23
	return strconv.FormatInt(t.serial, 10)
}

// mint returns 32 hexadecimal digits that look random and are the same in every
// run.
func (t *site) mint() string {
	t.minted++
	sum := sha256.Sum256(fmt.Appendf(nil, "id %d", t.minted))
	return hex.EncodeToString(sum[:16])
}

// uuid spells 32 hexadecimal digits as a UUID.
func uuid(digits string) string {
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}

// stamp is the time of a write; the service keeps milliseconds.
func (t *site) stamp() time.Time { return t.now().UTC().Truncate(time.Millisecond) }

func (t *site) spaceBy(match func(*space) bool) *space {
	if i := slices.IndexFunc(t.spaces, match); i >= 0 {
		return t.spaces[i]
	}
	return nil
}

func (t *site) spaceByKey(key string) *space {
	return t.spaceBy(func(s *space) bool { return strings.EqualFold(s.key, key) })
}

func (t *site) spaceByID(id string) *space {
	return t.spaceBy(func(s *space) bool { return s.id == id })
}

// visible returns the page with that id, if the account of the API may see it.
func (t *site) visible(id string) (*page, error) {
	if p := t.page(id); p != nil && !p.hidden {
		return p, nil
	}
	return nil, notFound("content", id)
}

func (t *site) page(id string) *page {
	if i := slices.IndexFunc(t.pages, func(p *page) bool { return p.id == id }); i >= 0 {
		return t.pages[i]
	}
	return nil
}

// selectPages lists the pages that the account may see and keep accepts.
func (t *site) selectPages(keep func(*page) bool) []*page {
	var found []*page
	for _, p := range t.pages {
		if !p.hidden && keep(p) {
			found = append(found, p)
		}
	}
	return found
}
