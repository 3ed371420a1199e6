package atlassian

import (
	"context"
	"fmt"
	"iter"
)

// How far a read over several answers goes. No site comes near: Jira Cloud lets
// an issue have 5,000 comments, and nobody plans from 50,000 tickets.
const (
	maxPages  = 500
	maxBarren = 10        // pages in a row that bring nothing new; now and then a service answers an empty one
	maxRead   = 256 << 20 // bytes, over all pages
)

// A Page is one answer of a read that takes several.
type Page[T any] struct {
	Items []T
	Next  string // where the following page begins, empty after the last
	Total int    // of all pages, where the service tells
}

// Pages reads page after page, beginning with an empty cursor, and yields each
// with those of its items that no page before had: results that move while they
// are paged through come twice. A short page is not the last one. A service that
// would keep a run reading for ever ends it with an [*EndlessError].
func Pages[T any](ctx context.Context, id func(T) string, read func(ctx context.Context, cursor string) (Page[T], error)) iter.Seq2[Page[T], error] {
	return func(yield func(Page[T], error) bool) {
		ctx := withAllowance(ctx, maxRead)
		t := track{cursors: map[string]bool{"": true}, items: map[string]bool{}}
		for cursor, more := "", true; more; {
			p, err := read(ctx, cursor)
			if err == nil {
				p.Items = unseen(&t, p.Items, id)
				err = t.follow(p.Next, len(p.Items))
			}
			if !yield(p, err) || err != nil {
				return
			}
			cursor, more = p.Next, p.Next != ""
		}
	}
}

// track is what a read over several answers has come past.
type track struct {
	cursors, items map[string]bool
	pages, barren  int
}

// follow notes a page with so many new items, and says why the next one is not
// to be read.
func (t *track) follow(next string, fresh int) error {
	t.pages++
	t.barren++
	if fresh > 0 {
		t.barren = 0
	}
	again := t.cursors[next]
	t.cursors[next] = true
	switch {
	case next == "":
		return nil
	case again:
		return &EndlessError{t.pages, "it repeats a page without end"}
	case t.barren >= maxBarren:
		return &EndlessError{t.pages, fmt.Sprintf("the last %d hold nothing new and there is one more", maxBarren)}
	case t.pages >= maxPages:
		return &EndlessError{t.pages, "there is one more, and no site has as many"}
	}
	return nil
}

// unseen are the items that no page before had. One without an id is new.
func unseen[T any](t *track, items []T, id func(T) string) []T {
	var fresh []T
	for _, item := range items {
		key := id(item)
		if key != "" && t.items[key] {
			continue
		}
		t.items[key] = true
		fresh = append(fresh, item)
	}
	return fresh
}

// An EndlessError says that a service keeps naming one more page.
type EndlessError struct {
	Pages int // read so far
	why   string
}

func (e *EndlessError) Error() string {
	return fmt.Sprintf("the service does not come to an end: after %d pages %s", e.Pages, e.why)
}

// Hint says what to try.
func (e *EndlessError) Hint() string {
	return "run again; if it stays so, show this to the service's administrator: its paging, or a proxy before it, is at fault"
}

type allowanceKey struct{}

// withAllowance bounds what all answers under the context may hold together.
func withAllowance(ctx context.Context, bytes int64) context.Context {
	return context.WithValue(ctx, allowanceKey{}, &allowance{left: bytes})
}
