package text

// A Sense is what words are understood to mean; a language's file has a section
// for each that it has words for.
type Sense int

const (
	Needless    Sense = iota // the ticket doubts that anybody needs it
	TooBig                   // it is more than one ticket
	Unfilled                 // a part is still to be written: "TBD"
	Undecided                // somebody does not know, or has not decided
	Waiting                  // the work has to wait, whoever says so
	Depends                  // it leans on something else, said of itself
	Deciding                 // of a question: it is about what should be
	Idle                     // of a question: it asks for attention or a date
	Reply                    // how an answer begins
	Evasion                  // said by those who do not have the answer
	Amount                   // what answers a question for a number
	Unseen                   // a fault did not show itself when somebody looked
	Seen                     // it did, or is mended
	Problem                  // what goes wrong
	Benefit                  // what something is good for
	Condition                // the case in which something is to happen
	Evident                  // a demand whose result one look shows
	Measureless              // a demand of nothing but a praise
	Task                     // how an entry begins that is something to do
	Choice                   // of a list under such words only one is meant
	Template                 // of a heading: what follows is a test, or where it was made
	Progress                 // of a comment: it is about the work
	senses
)

// senseNames are the sections' names in a lexicon's file.
var senseNames = [senses]string{
	"needless", "too big", "unfilled", "undecided", "waiting", "depends", "deciding", "idle question", "reply", "evasion", "amount",
	"unseen", "seen", "problem", "benefit", "condition", "evident", "measureless", "task", "choice", "template", "progress",
}
