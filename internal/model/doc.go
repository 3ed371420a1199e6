// Package model asks a language model for the words of a session.
//
// In goes a session that is read and arranged; out come the lines of the model's
// draft that stand, or the reason why there is none. What a model is shown is
// decided by package draft, what stands by package check and a second reading by
// the model itself; this package sends at most four requests (the draft, its
// reading, one repair of the lines that do not stand, a reading of what was
// repaired) within one limit of tokens and one of time.
//
// It never writes anywhere, never follows a redirect, and never lets the key, a
// word of the server's answer or a ticket into a log, an error or a reason.
package model
