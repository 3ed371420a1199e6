// Package talks arranges a session. In go the brief, a guide and the team's
// settings; out come talks (tickets that are talked about in one go), their order
// and minutes, the agenda's boxes with clock times, and what is put off and why.
// It reads no text.
package talks
