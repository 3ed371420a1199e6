// Package face writes a plan: text, tagged, Markdown and JSON. In goes a plan,
// out go bytes. It decides nothing.
package face
