// Package doctor finds out what keeps a deployment of refine from working, and
// says of each thing what to do.
//
// In come the addresses, the credentials and the teams that a run would use; out
// comes a finding for each check, in an order that does not change, also of those
// that could not be made because another one failed. Checks that do not depend on
// one another run side by side.
//
// It sends nothing that changes anything, no ticket's text to a model, and no
// secret into a finding.
package doctor
