// Package brief is everything that is known for sure of a session before a word
// of its plan is written. In go tickets and what the rules say of them; out come
// fields, links with the other end's title and status, people, dates, releases,
// what moved, what was carried over, and doubts, each with its quotes. A finder
// of doubts is right at least nine times in ten on tickets that it was not made
// from; its file says what was measured. It has no words for people.
package brief
