//go:build !race && !whole

package worker_test

// sample plays one in so many cases of the large tables, so that the README's
// command ends within two minutes; the tag whole plays all of them.
const sample = 8
