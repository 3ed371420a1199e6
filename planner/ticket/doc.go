// Package ticket is the domain that every other package of the planner speaks
// of: issues with their comments, links and versions, days, and the session
// that they are brought to. Nothing goes in but values, and nothing comes out
// but what can be read off them. It never judges a text and imports nothing of
// ours.
package ticket
