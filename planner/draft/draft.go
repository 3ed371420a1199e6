package draft

// A Draft is everything that is worded in a plan. Whoever writes one fills the
// same fields; the program keeps minutes, clock times, order, counts, status and
// readiness. An empty field is filled by the built-in words.
type Draft struct {
	Goal      Line   `json:"goal"`       // of the meeting, one sentence about the topic (L19)
	WhyNow    Line   `json:"why_now"`    // what the tickets say of why now, or who brings the reason
	Talks     []Line `json:"talks"`      // what each talk is to find out; Keys name the talk
	Verdicts  []Line `json:"verdicts"`   // the one thing that keeps a ticket from being ready, or the words that make it so
	Results   []Line `json:"results"`    // what is to be written for which tickets
	KeyPoints []Line `json:"key_points"` // 3 to 5, each with a line of the guide
	Questions []Line `json:"questions"`  // 3 to 5, about the problem, Keys[0] is cited
	Invite    []Line `json:"invite"`     // whom to invite beside the team, and for what
	Parked    []Line `json:"parked"`     // what is not talked about this time
	Retro     Line   `json:"retro"`      // a question about this session for its end
	Closing   []Line `json:"closing"`    // two or three sentences
}

// A Line is a sentence or two for people, and what it states.
type Line struct {
	Keys   []string `json:"keys"`
	Text   string   `json:"text"`             // quotes of tickets stand in “ ”
	Claims []Claim  `json:"claims,omitempty"` // what of it can be looked up
	Guide  string   `json:"guide,omitempty"`  // of a key point: the guide's line, verbatim
	Doubts []string `json:"doubts,omitempty"` // ids of the brief's doubts that it is about
}

// A ClaimKind says how a claim is looked up.
type ClaimKind string

// What a line may claim.
const (
	Quoted ClaimKind = "quote"  // Words stand in Key, said there by By if given
	Pair   ClaimKind = "pair"   // Words in Key and Other in To do not fit
	Absent ClaimKind = "absent" // Words, or the field Name, stand nowhere in Key
	Linked ClaimKind = "link"   // Key is linked to To by Name ("is blocked by")
	Field  ClaimKind = "field"  // the field Name of Key is Words ("priority", "High")
	Count  ClaimKind = "count"  // Number of Keys are, or have, Name ("ready", "no description")
	Day    ClaimKind = "date"   // Words is a day that the brief gives, of Key where named
)

// A Claim is one thing that a line states. What its kind does not use is empty.
type Claim struct {
	Kind   ClaimKind `json:"kind"`
	Key    string    `json:"key,omitempty"`
	Words  string    `json:"words,omitempty"`
	By     string    `json:"by,omitempty"`
	To     string    `json:"to,omitempty"`
	Other  string    `json:"other,omitempty"`
	Name   string    `json:"name,omitempty"`
	Keys   []string  `json:"keys,omitempty"`
	Number int       `json:"number,omitempty"`
}
