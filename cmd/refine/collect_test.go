package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// The first collection is late, and those behind it are as ever.
func TestCollectLate(t *testing.T) { // not parallel: what it sets holds for the process
	percent := func() uint64 {
		asked := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		metrics.Read(asked)
		return asked[0].Value.Uint64()
	}
	usual := percent()
	t.Cleanup(func() { debug.SetGCPercent(int(usual)) })
	debug.SetGCPercent(70)
	collectLate()
	assert.EqualValues(t, 800, percent())
	assert.Eventually(t, func() bool { runtime.GC(); return percent() == 70 }, 10*time.Second, 10*time.Millisecond)
}
