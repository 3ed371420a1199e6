package confluencetest

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"refine/confluence/storage"
)

// A task is what Cloud remembers of a task beside the page that holds it.
type task struct {
	id        string
	page      *page
	number    string // ac:task-id
	status    string
	body      string
	assignee  string
	due       time.Time
	createdBy *User
	created   time.Time
	updated   time.Time
	completed time.Time
	doneBy    *User
}

// noteTasks reads the tasks off a page that was just saved.
func (t *site) noteTasks(p *page) {
	doc, err := storage.Parse(p.current().body)
	if err != nil {
		return // it was stored, so it parses
	}
	seen := map[string]bool{}
	for n := range doc.Root.Find("ac:task") {
		key := p.id + "/" + cmp.Or(plain(n.Child("ac:task-uuid")), plain(n.Child("ac:task-id")))
		seen[key] = true
		if t.tasks[key] == nil {
			t.tasks[key] = &task{id: t.id(), page: p, created: p.current().when, createdBy: p.current().by}
		}
		t.tasks[key].read(n, doc.Source, p.current())
	}
	for key, k := range t.tasks {
		if k.page == p && !seen[key] {
			delete(t.tasks, key)
		}
	}
}

// read takes over what the page says. The first person mentioned is the
// assignee, the first date the due date.
func (k *task) read(n *storage.Node, source string, v *version) {
	status, body := taskStatus(n), n.Child("ac:task-body")
	if status != k.status {
		k.completed, k.doneBy = time.Time{}, nil
		if status == "complete" {
			k.completed, k.doneBy = v.when, v.by
		}
	}
	k.number, k.status, k.updated = plain(n.Child("ac:task-id")), status, v.when
	k.body, k.assignee, k.due = "", "", time.Time{}
	if body == nil {
		return
	}
	k.body = source[body.InnerStart:body.InnerEnd]
	for u := range body.Find("ri:user") {
		k.assignee = u.AttrValue("ri:account-id")
		break
	}
	for d := range body.Find("time") {
		k.due, _ = time.Parse(time.DateOnly, d.AttrValue("datetime")) // no date: none due
		break
	}
}

func taskStatus(n *storage.Node) string {
	return cmp.Or(plain(n.Child("ac:task-status")), "incomplete")
}

// plain is the text of a node that may be missing.
func plain(n *storage.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.All() {
		if d.Kind == storage.Text {
			b.WriteString(d.Text)
		}
	}
	return strings.TrimSpace(b.String())
}

// visibleTasks lists the tasks of current pages in the order of their ids.
func (t *site) visibleTasks() []*task {
	var found []*task
	for _, k := range t.tasks {
		if !k.page.hidden && k.page.status == statusCurrent {
			found = append(found, k)
		}
	}
	slices.SortFunc(found, func(a, b *task) int {
		return cmp.Or(cmp.Compare(len(a.id), len(b.id)), cmp.Compare(a.id, b.id))
	})
	return found
}

func (c *call) v2Tasks() (any, error) {
	if _, err := c.v2BodyFormat(); err != nil {
		return nil, err
	}
	statuses, err := c.oneOf("status", "complete", "incomplete")
	if err != nil {
		return nil, err
	}
	blank := c.param("include-blank-tasks") != "false"
	found := slices.DeleteFunc(c.visibleTasks(), func(k *task) bool {
		return !c.among("task-id", k.id) || !c.among("space-id", k.page.space.id) || !c.among("page-id", k.page.id) ||
			!c.among("assigned-to", k.assignee) || !blank && k.body == "" ||
			len(statuses) > 0 && !slices.Contains(statuses, k.status)
	})
	return v2List(c, found, func(k *task) any { return c.v2ShowTask(k) })
}

// among reports whether a parameter that filters lets the value pass.
func (c *call) among(name, value string) bool {
	values := c.list(name)
	return len(values) == 0 || slices.Contains(values, value)
}

func (c *call) v2Task() (any, error) {
	k, err := c.v2TargetTask()
	if err != nil {
		return nil, err
	}
	return c.v2ShowTask(k), nil
}

func (c *call) v2TargetTask() (*task, error) {
	for _, k := range c.visibleTasks() {
		if k.id == c.PathValue("id") {
			return k, nil
		}
	}
	return nil, notFound("task", c.PathValue("id"))
}

// v2UpdateTask changes nothing but the state, whatever else is sent.
func (c *call) v2UpdateTask() (any, error) {
	var in struct {
		ID          string `json:"id"`
		LocalID     string `json:"localId"`
		SpaceID     string `json:"spaceId"`
		PageID      string `json:"pageId"`
		BlogPostID  string `json:"blogPostId"`
		Status      string `json:"status"`
		CreatedBy   string `json:"createdBy"`
		AssignedTo  string `json:"assignedTo"`
		CompletedBy string `json:"completedBy"`
		CreatedAt   string `json:"createdAt"`
		UpdatedAt   string `json:"updatedAt"`
		DueAt       string `json:"dueAt"`
		CompletedAt string `json:"completedAt"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	k, err := c.v2TargetTask()
	if err != nil {
		return nil, err
	}
	if c.readOnly || k.page.locked {
		return nil, notFound("task", k.id)
	}
	if in.Status != "complete" && in.Status != "incomplete" {
		return nil, refuse(http.StatusBadRequest, "Provided value {%s} for 'status' is not one of [complete incomplete]", in.Status)
	}
	if err := c.tick(k.page, k.number, in.Status == "complete", c.me); err != nil {
		return nil, err
	}
	return c.v2ShowTask(k), nil
}

// tick sets the state of one task on its page, as a click in view mode does.
func (t *site) tick(p *page, number string, done bool, by *User) error {
	body, err := tickTask(p.current().body, number, done)
	if err != nil {
		return err
	}
	return t.update(p, update{
		number: p.current().number + 1, title: p.title, body: &body, minor: true, author: by,
	})
}

// tickTask sets the state of the task with that number in a body.
func tickTask(body, number string, done bool) (string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", err
	}
	state := "incomplete"
	if done {
		state = "complete"
	}
	for n := range doc.Root.Find("ac:task") {
		if status := n.Child("ac:task-status"); status != nil && plain(n.Child("ac:task-id")) == number {
			written := "<ac:task-status>" + state + "</ac:task-status>"
			return storage.Splice(body, []storage.Edit{{Start: status.Start, End: status.End, New: written}})
		}
	}
	return "", notFound("task", number)
}

func (c *call) v2ShowTask(k *task) object {
	out := object{
		"id": k.id, "localId": k.number, "spaceId": k.page.space.id, "pageId": k.page.id, "blogPostId": nil,
		"status": k.status, "body": object{}, "createdBy": k.createdBy.AccountID, "assignedTo": nil,
		"completedBy": nil, "createdAt": millis(k.created), "updatedAt": millis(k.updated),
		"dueAt": nil, "completedAt": nil,
	}
	if c.param("body-format") == "storage" {
		out["body"] = object{"storage": object{"representation": "storage", "value": k.body}}
	}
	if k.assignee != "" {
		out["assignedTo"] = k.assignee
	}
	if !k.due.IsZero() {
		out["dueAt"] = millis(k.due)
	}
	if k.doneBy != nil {
		out["completedBy"], out["completedAt"] = k.doneBy.AccountID, millis(k.completed)
	}
	return out
}
