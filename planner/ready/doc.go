// Package ready judges tickets. In goes one ticket, or the set of a session, and
// a team's Definition of Ready; out comes for each rule whether it is met, with
// the quote that shows it or the plain absence: the Definition of Ready, criteria,
// INVEST and story quality. A rule blocks only where it is right nine times in
// ten on tickets that it was not made from. It asks no questions.
package ready
