// Package check verifies a draft. In go a draft and the brief; out come the lines
// that stand and, for each that does not, why. It believes no claim that it can
// compute, mends slips of form, and never changes a meaning.
package check
