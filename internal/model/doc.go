// Package model asks a language model for the words of a session.
//
// In goes a session that is read and arranged; out come the lines of the model's
// draft that stand, or the reason why there is none. What a model is shown is
// decided by package draft, what stands by package check; this package sends at
// most two requests, the second to repair lines or to repeat what was not
// answered, within one time limit.
//
// It never writes anywhere, never follows a redirect, and never lets the key, a
// word of the server's answer or a ticket into a log, an error or a reason.
package model
