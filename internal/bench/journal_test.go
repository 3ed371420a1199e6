package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// The chain goes through what followed one another, not through what ran beside.
func TestTheLongestChain(t *testing.T) {
	t.Parallel()
	start := time.Now()
	from := func(began, ended int) request {
		return request{start.Add(time.Duration(began) * time.Millisecond), start.Add(time.Duration(ended) * time.Millisecond)}
	}
	j := &journal{seen: []request{from(0, 50), from(0, 80), from(50, 100), from(110, 160), from(90, 150)}}
	requests, chain := j.cost()
	assert.Equal(t, 5, requests)
	assert.Equal(t, 150*time.Millisecond, chain)
	j.clear()
	requests, chain = j.cost()
	assert.Zero(t, requests)
	assert.Zero(t, chain)
}
