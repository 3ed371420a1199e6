// Package planner plans a refinement session. In goes everything that was read
// of it ([Input]); out comes a [Plan], and [Gate] says what is wrong with one.
//
//	tickets ─▶ text ─▶ brief ─▶ talks ─▶ words ─▶ check ─▶ plan ─▶ faces
//	           (read)  (know)  (arrange) (say)  (verify)
//
// Each step has a room of its own beside this file, and [Build] calls them in that
// order. The program knows, arranges and verifies; the words are a writer's: the
// built-in one's, a model's or a person's. No package here does I/O, reads a
// clock or logs, and this one knows no rule of any language.
package planner
