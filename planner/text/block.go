package text

// A Kind tells running text from entries of lists and headings.
type Kind int

const (
	Paragraph Kind = iota
	Bullet         // an entry of a list, or a cell of a table that says what is expected
	Heading
)

// A Block is one paragraph, entry of a list or heading as a person reads it.
type Block struct {
	Kind  Kind
	Text  string
	Under string // the heading it stands beneath
	// Within is the heading of acceptance criteria, or the column of a table of
	// tests, that has Under among its own parts.
	Within string
	// Aside says that it tells how something is tried or where, and not what is
	// wanted: what stands under "Steps to reproduce", a script, an environment.
	Aside     bool
	Sentences []Sentence
}

// A Sentence is one of a block's.
type Sentence struct {
	Text  string
	words []word
	marks []mark
}
