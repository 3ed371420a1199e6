package confluencetest

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// routeV2 lists Cloud's calls of version 2.
func (s *Server) routeV2(mux *http.ServeMux) {
	v2 := func(method, path, params string, e endpoint) {
		s.handle(mux, method+" /wiki/api/v2"+path, params, e)
	}
	v2("GET", "/spaces", "ids keys type status sort cursor limit", (*call).v2Spaces)
	v2("GET", "/spaces/{id}", "", (*call).v2Space)
	v2("GET", "/spaces/{id}/operations", "", (*call).v2SpaceOperations)
	v2("GET", "/pages", "id space-id sort status title body-format cursor limit", (*call).v2Pages)
	v2("POST", "/pages", "root-level", (*call).v2CreatePage)
	v2("GET", "/pages/{id}", "body-format get-draft status version include-labels include-properties "+
		"include-operations include-versions include-version", (*call).v2Page)
	v2("PUT", "/pages/{id}", "", (*call).v2UpdatePage)
	v2("DELETE", "/pages/{id}", "purge draft", (*call).v2DeletePage)
	v2("PUT", "/pages/{id}/title", "", (*call).v2UpdateTitle)
	v2("GET", "/pages/{id}/labels", "prefix cursor limit", (*call).v2Labels)
	v2("GET", "/pages/{id}/versions", "body-format sort cursor limit", (*call).v2Versions)
	v2("GET", "/pages/{id}/operations", "", (*call).v2Operations)
	v2("GET", "/pages/{id}/ancestors", "limit", (*call).v2Ancestors)
	v2("GET", "/pages/{id}/children", "cursor limit", (*call).v2Children)
	v2("GET", "/pages/{id}/direct-children", "cursor limit", (*call).v2Children)
	v2("GET", "/pages/{id}/footer-comments", "body-format cursor limit", (*call).v2FooterComments)
	v2("GET", "/pages/{id}/inline-comments", "body-format cursor limit", (*call).v2InlineComments)
	v2("GET", "/pages/{id}/properties", "key cursor limit", (*call).v2Properties)
	v2("POST", "/pages/{id}/properties", "", (*call).v2CreateProperty)
	v2("GET", "/pages/{id}/properties/{property}", "", (*call).v2Property)
	v2("PUT", "/pages/{id}/properties/{property}", "", (*call).v2UpdateProperty)
	v2("DELETE", "/pages/{id}/properties/{property}", "", (*call).v2DeleteProperty)
	v2("GET", "/tasks", "body-format include-blank-tasks status task-id space-id page-id assigned-to cursor limit", (*call).v2Tasks)
	v2("GET", "/tasks/{id}", "body-format", (*call).v2Task)
	v2("PUT", "/tasks/{id}", "body-format", (*call).v2UpdateTask)
	v2("POST", "/users-bulk", "", (*call).v2Users)
}

// millis is how the service writes a time.
func millis(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// list returns the value list of a parameter, repeated or separated by commas.
func (c *call) list(name string) []string {
	var values []string
	for _, v := range c.URL.Query()[name] {
		values = append(values, strings.Split(v, ",")...)
	}
	return values
}

func (c *call) param(name string) string { return c.URL.Query().Get(name) }

// flag reads a boolean parameter.
func (c *call) flag(name string) (bool, error) {
	v := c.param(name)
	if v == "" {
		return false, nil
	}
	b, err := strconv.ParseBool(v)
	if err != nil {
		return false, refuse(http.StatusBadRequest, "Provided value {%s} for '%s' is not a boolean", v, name)
	}
	return b, nil
}

// numericIDs refuses ids that are no numbers: v2 declares them so.
func (c *call) numericIDs(name string) ([]string, error) {
	ids := c.list(name)
	for _, id := range ids {
		if _, err := strconv.ParseInt(id, 10, 64); err != nil {
			return nil, refuse(http.StatusBadRequest, "Provided value {%s} for '%s' is not the correct type. Expected type is long", id, name)
		}
	}
	return ids, nil
}

// oneOf refuses values of a parameter that are not among those allowed.
func (c *call) oneOf(name string, allowed ...string) ([]string, error) {
	values := c.list(name)
	for _, v := range values {
		if !slices.Contains(allowed, v) {
			return nil, refuse(http.StatusBadRequest, "Provided value {%s} for '%s' is not one of %v", v, name, allowed)
		}
	}
	return values, nil
}

// cut takes one page out of a list and links to the next one by an opaque
// cursor.
func cut[T any](c *call, all []T) (part []T, next string, err error) {
	limit, err := c.number("limit", 25, 1, 250)
	if err != nil {
		return nil, "", err
	}
	from, err := readCursor(c.param("cursor"), len(all))
	if err != nil {
		return nil, "", err
	}
	to := min(from+limit, len(all))
	if to < len(all) {
		q := c.URL.Query()
		q.Set("cursor", writeCursor(to))
		next = c.URL.Path + "?" + q.Encode()
	}
	return all[from:to], next, nil
}

// v2List answers a list in version 2's form.
func v2List[T any](c *call, all []T, show func(T) any) (any, error) {
	part, next, err := cut(c, all)
	if err != nil {
		return nil, err
	}
	results := make([]any, len(part))
	for i, v := range part {
		results[i] = show(v)
	}
	links := object{"base": c.base}
	if next != "" {
		links["next"] = next
	}
	return paged{object{"results": results, "_links": links}, next}, nil
}

func (c *call) number(name string, standard, least, most int) (int, error) {
	v := c.param(name)
	if v == "" {
		return standard, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		return 0, refuse(http.StatusBadRequest, "Provided value {%s} for '%s' is not between %d and %d", v, name, least, most)
	}
	return n, nil
}

func writeCursor(offset int) string {
	return base64.URLEncoding.EncodeToString(fmt.Appendf(nil, "offset:%d", offset))
}

func readCursor(cursor string, total int) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	var offset int
	raw, err := base64.URLEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "offset:%d", &offset)
	}
	if err != nil || offset < 0 {
		return 0, refuse(http.StatusBadRequest, "Provided value {%s} for 'cursor' is not a cursor", cursor)
	}
	return min(offset, total), nil
}

func (c *call) v2Spaces() (any, error) {
	ids, err := c.numericIDs("ids")
	if err != nil {
		return nil, err
	}
	keys := c.list("keys")
	var found []*space
	for _, sp := range c.spaces {
		if (len(ids) == 0 || slices.Contains(ids, sp.id)) && (len(keys) == 0 || slices.Contains(keys, sp.key)) {
			found = append(found, sp)
		}
	}
	return v2List(c, found, func(sp *space) any { return c.v2ShowSpace(sp) })
}

func (c *call) v2Space() (any, error) {
	sp := c.spaceByID(c.PathValue("id"))
	if sp == nil {
		return nil, notFound("space", c.PathValue("id"))
	}
	return c.v2ShowSpace(sp), nil
}

// v2SpaceOperations is what the account may do in the space.
func (c *call) v2SpaceOperations() (any, error) {
	if c.spaceByID(c.PathValue("id")) == nil {
		return nil, notFound("space", c.PathValue("id"))
	}
	allowed := []object{{"operation": "read", "targetType": "space"}}
	if !c.readOnly {
		for _, target := range []string{"page", "comment", "attachment"} {
			if target != "attachment" || !c.noFiles {
				allowed = append(allowed, object{"operation": "create", "targetType": target})
			}
		}
	}
	return object{"operations": allowed}, nil
}

func (c *call) v2ShowSpace(sp *space) object {
	return object{
		"id": sp.id, "key": sp.key, "name": sp.name, "type": "global", "status": "current",
		"authorId": c.people[0].AccountID, "createdAt": millis(sp.created), "homepageId": sp.home.id,
		"_links": object{"webui": "/spaces/" + url.PathEscape(sp.key)},
	}
}

func (c *call) v2Users() (any, error) {
	var in struct {
		AccountIDs []string `json:"accountIds"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if n := len(in.AccountIDs); n == 0 || n > 250 {
		return nil, refuse(http.StatusBadRequest, "accountIds must hold between 1 and 250 ids, it holds %d", n)
	}
	results := []any{}
	for _, id := range in.AccountIDs {
		if u := c.byAccount(id); u != nil {
			results = append(results, object{
				"accountId": u.AccountID, "accountType": "atlassian", "accountStatus": "active",
				"displayName": u.Display, "publicName": u.Display, "email": "", "isExternalCollaborator": false,
			})
		}
	}
	return object{"results": results, "_links": object{"base": c.base}}, nil
}
