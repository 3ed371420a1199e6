// Package people plays the people at a page: hands that do at random what people
// do to it, eyes that read it as they do, and a ledger that holds a program which
// writes on the same page to what they may expect of it. It is for tests.
//
// In come bodies in storage format and a source of randomness; out go edited
// bodies and what is wrong. It knows nothing of how a page is merged or read
// back: no fingerprints, no canonical form, only what can be read, and bytes.
package people
