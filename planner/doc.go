// Package planner turns backlog issues into the plan of a refinement session,
// and what people decided on the session's page into changes to the issues.
//
// In come issues ([Issue]) and the session they are for ([Session]); out come a
// [Plan], checked by [Gate] and written by the Write functions, and, after the
// session, the [Change] set that [Writeback] makes of the page's [Outcomes].
//
// What words a rule looks for is no code: each language has a file of them in
// the folder lexicon, which is part of the program.
//
// It does no I/O, reads no clock, draws no random numbers and logs nothing:
// equal input gives equal bytes. Times come in as values and leave in the
// team's zone. It builds no markup: storage format, wiki text and HTML belong
// to the packages that speak them.
package planner
