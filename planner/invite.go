package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// voices are those the tickets speak of and are done for, who can answer what
// their writers cannot.
var voices = []*regexp.Regexp{
	regexp.MustCompile(`\b((?:[A-Z][\w-]+ )+(?:team|department|group))\b`),
	regexp.MustCompile(`(?i)\b((?:new|external|outside|internal|end|power|business|mobile|native|third[- ]party|federal|enterprise|first[- ]time|remote|existing|community|module|app|app store|plugin|alloy|field|back[- ]office) (?:users?|developers?|customers?|partners?|contributors?|engineers?|testers?|adopters?|admins?|administrators?|clients?|members?|operators?|owners?))\b`),
	regexp.MustCompile(`(?i)\b((?:accounts? )?(?:clerks?|auditors?|accountants?|lawyers?|clinicians?|patients?|providers?|adopters?|contributors?|maintainers?|merchants?|buyers?|payers?|teachers?|students?|scientists?|operators?|administrators?|reviewers?|implementers?|analysts?|suppliers?|integrators?))\b`),
}

// spokenWith names a person whom somebody talked to about the ticket.
var spokenWith = regexp.MustCompile(`\b(?:conversations?|discussions?|meetings?|talks?|chats?|talked|spoken|spoke|discussed|agreed|chatted) with ([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)\b`)

// people are those whom a ticket says that its matter was talked over with. A
// name that other tickets have, too, is a product's.
func (b *builder) people() (found []voice) {
	for _, r := range b.concerned() {
		each([]*reading{r}, false, func(_ *reading, _ *source, s string) {
			for _, m := range spokenWith.FindAllStringSubmatch(s, -1) {
				others := slices.ContainsFunc(b.concerned(), func(o *reading) bool { return o != r && stands(m[1], o.ownText()) })
				if !others && !slices.ContainsFunc(found, func(v voice) bool { return v.role == m[1] }) {
					found = append(found, voice{role: m[1], keys: []string{r.issue.Key}})
				}
			}
		})
	}
	return found
}

// mostVoices is how many the plan names; a session has few guests.
const mostVoices = 4

// A voice is a role and the tickets that speak of it.
type voice struct {
	role string
	keys []string
}

// voices lists the roles that the session's tickets name, those of the most
// tickets first.
func (b *builder) voices() []voice {
	var found []voice
	add := func(r *reading, role string) {
		role = strings.TrimPrefix(oneLine(role), "The ")
		n := slices.IndexFunc(found, func(v voice) bool { return sameRole(v.role, role) })
		if n < 0 {
			n = len(found)
			found = append(found, voice{role: role})
		}
		if !slices.Contains(found[n].keys, r.issue.Key) {
			found[n].keys = append(found[n].keys, r.issue.Key)
		}
	}
	for _, r := range b.concerned() {
		if !r.english {
			continue
		}
		for _, l := range r.blocks {
			if l.from.comment || l.aside {
				continue
			}
			taken := l.text
			for _, re := range voices {
				for _, m := range re.FindAllString(taken, -1) {
					if !commands.MatchString(m) {
						add(r, m)
					}
				}
				taken = re.ReplaceAllString(taken, string(unquotable))
			}
		}
	}
	slices.SortStableFunc(found, func(a, b voice) int { return len(b.keys) - len(a.keys) })
	return found[:min(len(found), mostVoices)]
}

func sameRole(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "s"), strings.TrimSuffix(b, "s"))
}

// guests are those whom a question of the session is for: by what is read across
// tickets, then by what a sentence tells.
func (b *builder) guests() (found []voice) {
	add := func(role, key string) {
		n := slices.IndexFunc(found, func(v voice) bool { return sameRole(v.role, role) })
		if n < 0 {
			n, found = len(found), append(found, voice{role: role})
		}
		if !slices.Contains(found[n].keys, key) {
			found[n].keys = append(found[n].keys, key)
		}
	}
	for _, c := range b.across[:min(len(b.across), mostPoints)] {
		if c.guest != "" {
			add(c.guest, cmp.Or(c.speaks, c.key))
		}
	}
	for _, r := range b.taken {
		for _, p := range r.probed[:min(len(r.probed), 2)] {
			if guest := p.fill(p.guest); guest != "" {
				add(guest, r.issue.Key)
				break
			}
		}
	}
	return found
}

// invitations says whom the tickets speak of. Nobody who is not in a ticket is
// made up.
func (b *builder) invitations() string {
	var parts []string
	for _, v := range slices.Concat(b.people(), b.voices(), b.guests()) {
		if part := fmt.Sprintf("%s (%s)", v.role, b.those(v.keys)); !slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, v.role) }) {
			parts = append(parts, part)
		}
	}
	if parts = parts[:min(len(parts), mostVoices+2)]; len(parts) == 0 {
		return ""
	}
	return "Invite, or have somebody speak for: " + strings.Join(parts, ", ") + "."
}
