package jiratest

import (
	"cmp"
	"encoding/json"
	"strconv"
	"time"
)

// object is JSON as it goes out.
type object = map[string]any

// wireTime is how the REST API writes a moment.
const wireTime = "2006-01-02T15:04:05.000-0700"

func wire(t time.Time) string { return t.UTC().Format(wireTime) }

// view shows what the site holds in the REST API's words, with links below base.
type view struct {
	s    *Server
	base string
}

func (v view) self(path string) string { return v.base + "/rest/api/2/" + path }

// person is null for nobody.
func (v view) person(p Person) any {
	if p.nobody() {
		return nil
	}
	return v.user(p)
}

func (v view) user(p Person) object {
	o := object{"displayName": p.DisplayName, "active": !p.Inactive, "timeZone": p.TimeZone}
	if v.s.cloud {
		o["self"] = v.self("user?accountId=" + p.AccountID)
		o["accountId"] = p.AccountID
		o["accountType"] = "atlassian"
		return o
	}
	o["self"] = v.self("user?username=" + p.Name)
	o["name"] = p.Name
	o["key"] = p.Key
	if p.Email != "" {
		o["emailAddress"] = p.Email
	}
	return o
}

func (v view) named(kind string, n Named) any {
	if n.Name == "" {
		return nil
	}
	return object{"self": v.self(kind + "/" + n.ID), "id": n.ID, "name": n.Name}
}

func (v view) nameds(kind string, all []Named) []any {
	shown := []any{}
	for _, n := range all {
		shown = append(shown, v.named(kind, n))
	}
	return shown
}

func (v view) project(p Project) object {
	return object{"self": v.self("project/" + p.ID), "id": p.ID, "key": p.Key, "name": p.Name, "projectTypeKey": cmp.Or(p.Type, "software")}
}

func (v view) issueType(t IssueType) object {
	o := object{"self": v.self("issuetype/" + t.ID), "id": t.ID, "name": t.Name, "description": t.Description, "subtask": t.Subtask}
	if v.s.cloud {
		o["hierarchyLevel"] = level(t)
	}
	return o
}

func level(t IssueType) int {
	switch {
	case t.Subtask:
		return -1
	case t.Epic():
		return 1
	default:
		return 0
	}
}

func (v view) status(st Status) object {
	return object{
		"self": v.self("status/" + st.ID), "id": st.ID, "name": st.Name, "description": "",
		"statusCategory": v.category(st.Category),
	}
}

func (v view) category(key string) object {
	c := categories[key]
	return object{"self": v.self("statuscategory/" + strconv.Itoa(c.id)), "id": c.id, "key": key, "name": c.name, "colorName": c.colour}
}

// categories are the same on every site.
var categories = map[string]struct {
	id           int
	name, colour string
}{
	"new":           {2, "To Do", "blue-gray"},
	"indeterminate": {4, "In Progress", "yellow"},
	"done":          {3, "Done", "green"},
}

func (v view) versions(all []Version) []any {
	shown := []any{}
	for _, ver := range all {
		o := object{"self": v.self("version/" + ver.ID), "id": ver.ID, "name": ver.Name, "archived": ver.Archived, "released": ver.Released}
		if ver.ReleaseDate != "" {
			o["releaseDate"] = ver.ReleaseDate
		}
		shown = append(shown, o)
	}
	return shown
}

// ref is null for an issue nobody knows, or the account may not see.
func (v view) ref(key string) any {
	r := v.s.refOf(key)
	if r.Key == "" || !v.s.visibleKey(key) {
		return nil
	}
	fields := object{"summary": r.Summary}
	if r.Status.Name != "" {
		fields["status"] = v.status(r.Status)
	}
	if r.Type.Name != "" {
		fields["issuetype"] = v.issueType(r.Type)
	}
	if r.Priority.Name != "" {
		fields["priority"] = v.named("priority", r.Priority)
	}
	return object{"id": r.ID, "key": r.Key, "self": v.self("issue/" + r.ID), "fields": fields}
}

func (v view) links(i *Issue) []any {
	shown := []any{}
	for _, l := range v.s.linksOf(i.Key) {
		end, key := "outwardIssue", l.To
		if l.To == i.Key {
			end, key = "inwardIssue", l.From
		}
		if other := v.ref(key); other != nil {
			id := formatID(l.ID)
			shown = append(shown, object{"id": id, "self": v.self("issueLink/" + id), "type": v.linkType(l.Type), end: other})
		}
	}
	return shown
}

func (v view) linkType(t linkType) object {
	return object{"self": v.self("issueLinkType/" + t.ID), "id": t.ID, "name": t.Name, "inward": t.Inward, "outward": t.Outward}
}

func (v view) comment(i *Issue, c Comment) object {
	id := formatID(c.ID)
	o := object{
		"self": v.self("issue/" + formatID(i.ID) + "/comment/" + id), "id": id,
		"body": c.Body, "created": wire(c.Created), "updated": wire(c.Updated),
	}
	if !c.Author.nobody() {
		o["author"] = v.user(c.Author)
	}
	if !c.UpdateAuthor.nobody() {
		o["updateAuthor"] = v.user(c.UpdateAuthor)
	}
	if c.Visibility != nil {
		o["visibility"] = c.Visibility
	}
	if v.s.cloud {
		o["jsdPublic"] = v.s.public(c)
	}
	return o
}

func (v view) attachments(i *Issue) []any {
	shown := []any{}
	for _, a := range i.Attachments {
		shown = append(shown, object{
			"self": v.self("attachment/" + a.ID), "id": a.ID, "filename": a.Filename, "mimeType": a.MimeType, "size": a.Size,
			"created": wire(i.Created), "content": v.base + "/secure/attachment/" + a.ID + "/file",
		})
	}
	return shown
}

func (v view) subtasks(i *Issue) []any {
	shown := []any{}
	for _, sub := range v.s.subtasks(i) {
		if v.s.visible(sub) {
			shown = append(shown, v.ref(sub.Key))
		}
	}
	return shown
}

// properties shows entity properties as lists of them are written.
func properties(all map[string]json.RawMessage) []any {
	shown := []any{}
	for _, key := range sortedKeys(all) {
		shown = append(shown, object{"key": key, "value": all[key]})
	}
	return shown
}
