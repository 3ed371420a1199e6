package draft

// A Record remembers what became of a model's draft of a session, so that the same
// tickets are not put to it again and people find the words that they have read
// (C3).
type Record struct {
	Input    string `json:"input"` // what the model was shown, see [Shown]
	Model    string `json:"model"`
	Repaired bool   `json:"repaired,omitempty"`
	Reviewed bool   `json:"reviewed,omitempty"` // each line was read a second time by the model
	Reason   string `json:"reason,omitempty"`   // why Answer is not there
	Answer   *Draft `json:"answer,omitempty"`
}
