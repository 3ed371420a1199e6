package main

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/config"
	"refine/planner/outcome"
)

func TestEachBoxHasASetting(t *testing.T) { // S3
	s := config.Sync{
		OnReady: config.Outcome{RemoveFlag: true}, OnAnother: config.Outcome{AddLabel: "again"}, OnParked: config.Outcome{RemoveLabel: "next"},
		OnSplit: config.Outcome{Transition: "Split"}, OnDropped: config.Outcome{Rank: "last"},
	}
	assert.Equal(t, map[outcome.Box]outcome.Effect{
		outcome.BoxReady: {RemoveFlag: true}, outcome.BoxAnother: {AddLabel: "again"}, outcome.BoxParked: {RemoveLabel: "next"},
		outcome.BoxSplit: {Transition: "Split"}, outcome.BoxDropped: {Rank: outcome.RankLast},
	}, effects(s))
	assert.Equal(t, []string{
		"ready: remove flag", "another session: add label again", "parked: remove label next", "split: transition Split", "dropped: rank last",
	}, writesBack(s))
}
