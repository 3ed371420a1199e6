// Package draft words a session. In go the brief and the talks; out comes a
// [Draft], whoever writes it: the built-in writer, a language model or a person
// with a file. It holds the type, the built-in writer, the prompt and schema for
// a model, and the reading of an answer. It never checks itself.
package draft
