// Package notify tells a team of its sessions where it reads: Slack, Microsoft Teams,
// Mattermost, Google Chat, a mailbox, or a program behind an address. In goes one
// message and one place; it is sent once or fails with an error that says whether it
// may have arrived all the same.
//
// It never sends again by itself, follows no redirect, and shows an address in no
// error: whoever knows it can write there. Requests go through the network that the
// configuration describes, with its proxy and authorities.
package notify
