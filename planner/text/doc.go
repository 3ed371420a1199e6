// Package text reads what people wrote in a field. In goes a field's raw text,
// wiki markup included; out come blocks, sentences and quotes as a person reads
// them, with code, logs, mail and templates set aside, and the language they are
// in. Its word lists stand in lexicon/. It knows of no issue and judges nothing.
//
// [Read] makes a [Doc] of a text, [Listen] settles in which language several of
// them are and hears what their sentences say: [Sentence.Says] tells of a
// [Sense]. [Clip] makes a quote of a sentence, and [Doc.Holds] tells whether a
// quote stands in a text. Everything takes time in proportion to the text.
package text
