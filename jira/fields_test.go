package jira

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// siteFields is a field list as sites have it: foreign names, and one name for
// two fields.
func siteFields() []field {
	foreign := custom("customfield_10555", "Markiert", checkboxes)
	foreign.UntranslatedName = "Flagged"
	points := custom("customfield_10016", "Story point estimate", greenhopper+"jsw-story-points")
	points.Schema.Type = "number"
	return []field{
		{Field: custom("summary", "Summary", "").Field},
		foreign,
		custom("customfield_10700", "Flagged", "com.atlassian.jira.plugin.system.customfieldtypes:textfield"),
		points,
		custom("customfield_10019", "Rang", greenhopper+"gh-lexo-rank"),
		custom("customfield_10020", "Sprint", greenhopper+"gh-sprint"),
		custom("customfield_10800", "Akzeptanzkriterien", "textarea"),
		custom("customfield_10801", "Team", "a"),
		custom("customfield_10802", "Team", "b"),
	}
}

func TestResolveByTypeAndName(t *testing.T) { // P1, P4
	t.Parallel()
	fs, err := resolve(siteFields(), []FieldName{{acceptanceCriteria, "akzeptanzkriterien"}, {businessValue, "customfield_10802"}})
	require.NoError(t, err)
	for meaning, want := range map[string]string{
		flagged: "customfield_10555", storyPoints: "customfield_10016", rank: "customfield_10019",
		sprint: "customfield_10020", acceptanceCriteria: "customfield_10800", businessValue: "customfield_10802",
	} {
		f, err := fs.one(meaning, meaning)
		require.NoError(t, err)
		assert.Equal(t, want, f.ID)
	}
	assert.Empty(t, fs[epicLink])
	assert.Contains(t, fs.ids(), "customfield_10555")
}

func TestResolveNamesEveryFault(t *testing.T) { // P4
	t.Parallel()
	_, err := resolve(siteFields(), []FieldName{
		{businessValue, "Team"}, {acceptanceCriteria, "Team Charter"}, {storyPoints, "Xyzzy"}, {"velocity", "Team"},
	})
	require.Error(t, err)
	for _, want := range []string{
		`"Team" for business_value is ambiguous, give the id of one: Team (customfield_10801), Team (customfield_10802)`,
		`no field "Team Charter" for acceptance_criteria; it has Team (customfield_10801), Team (customfield_10802)`,
		`no field "Xyzzy" for story_points`,
		`"velocity" has no meaning here; known are acceptance_criteria,`,
	} {
		assert.ErrorContains(t, err, want)
	}
}
