package confluencetest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// A User is somebody with an account. Cloud knows people by account id, Data
// Center by key and name; what is left out is made from Display.
type User struct {
	AccountID string
	Key, Name string
	Display   string
}

// team are the people of a site whose options name none. The first one uses
// the pages.
var team = []User{
	{Display: "Dana Whitfield"}, {Display: "Kofi Mensah"}, {Display: "Priya Nair"},
	{Display: "Tomás Rivera"}, {Display: "Yuki Tanaka"},
}

// enlist gives accounts to the people of the options and to the API.
func (t *site) enlist(o Options) {
	users := o.Users
	if len(users) == 0 {
		users = team
	}
	for _, u := range users {
		t.people = append(t.people, u.complete())
	}
	t.me = (&User{Name: o.User, Display: "Refinement Bot"}).complete()
	t.people = append(t.people, t.me)
}

// complete fills in ids of the form the service gives.
func (u User) complete() *User {
	sum := sha256.Sum256([]byte(u.Display))
	digits := hex.EncodeToString(sum[:16])
	if u.AccountID == "" {
		u.AccountID = digits[:24]
	}
	if u.Key == "" {
		u.Key = digits
	}
	if u.Name == "" {
		u.Name = strings.ToLower(strings.ReplaceAll(u.Display, " ", "."))
	}
	return &u
}

// person returns who has that account id, key, name or display name. A person
// nobody has heard of gets an account: tests say "Dana" and mean it.
func (t *site) person(who string) *User {
	if u := t.known(who); u != nil {
		return u
	}
	u := User{Display: who}.complete()
	t.people = append(t.people, u)
	return u
}

func (t *site) known(who string) *User {
	i := slices.IndexFunc(t.people, func(u *User) bool {
		return u.AccountID == who || u.Key == who || u.Name == who || u.Display == who
	})
	if i < 0 {
		return nil
	}
	return t.people[i]
}

func (t *site) byAccount(id string) *User {
	if i := slices.IndexFunc(t.people, func(u *User) bool { return u.AccountID == id }); i >= 0 {
		return t.people[i]
	}
	return nil
}

// People lists everybody with an account, the API's own last unless a test
// brought in more people.
func (s *Server) People() []User {
	s.mu.Lock()
	defer s.mu.Unlock()
	var users []User
	for _, u := range s.site.people {
		users = append(users, *u)
	}
	return users
}
