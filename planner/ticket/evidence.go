package ticket

// Evidence is a verbatim quote and where it stands.
type Evidence struct {
	Where string `json:"where"` // "summary", "description", "acceptance criteria", "comment by Dana"
	Quote string `json:"quote"`
}

// String sets the quote in the plan's quotation marks.
func (e Evidence) String() string { return "“" + e.Quote + "”" }
