// Package draft asks a language model for the words of a plan: key points,
// questions and closing.
//
// In goes a plan with its built-in words; out comes the plan with the model's
// words if they hold against the tickets, else the plan as it was with the
// reason. What a model is shown and what it may say is decided by package
// planner; this package sends at most two requests for a plan, the second to
// repair an answer or to repeat what was not answered, within one time limit.
//
// It never writes anywhere, never follows a redirect, and never lets the key, a
// word of the server's answer or a ticket into a log, an error or a reason.
package draft
