package draft

// A Record remembers a draft of a session, so that the same tickets are not put to
// a model again and people find the words that they have read (C3).
type Record struct {
	Input    string `json:"input"`           // what the writer was shown, see [Shown]
	By       string `json:"by,omitempty"`    // "person" where it was handed in; else a model wrote it
	Model    string `json:"model,omitempty"` // that was asked
	Repaired bool   `json:"repaired,omitempty"`
	Reviewed bool   `json:"reviewed,omitempty"` // each line was read a second time by the model
	Reason   string `json:"reason,omitempty"`   // why Answer is not there
	Answer   *Draft `json:"answer,omitempty"`
}
