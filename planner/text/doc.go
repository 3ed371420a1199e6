// Package text reads what people wrote in a field. In goes a field's raw text,
// wiki markup included; out come blocks, sentences and quotes as a person reads
// them, with code, logs, mail and templates set aside, and the language they are
// in. Its word lists stand in lexicon/. It knows of no issue and judges nothing.
package text
