package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Nothing that stands in a ticket or a file's name becomes a command of its own.
func TestAnAnnotationStaysWithinItsLine(t *testing.T) { // O8 F5
	t.Parallel()
	var b bytes.Buffer
	annotate(&b, "error", "a,b:c\n.txt", 7, "vague", "PAY-1: vague: 50% more\r\n::set-env name=X::y")
	assert.Equal(t, "::error file=a%2Cb%3Ac%0A.txt,line=7,title=vague::PAY-1: vague: 50%25 more%0D%0A::set-env name=X::y\n", b.String())
}
