package confluencetest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"
)

// The limits of a content property, of key and value.
const (
	maxPropertyKey   = 255
	maxPropertyValue = 32 << 10
)

// addProperty gives the page a property it does not have.
func (t *site) addProperty(p *page, key string, value json.RawMessage) (*property, error) {
	compact, err := t.checkProperty(key, value)
	if err != nil {
		return nil, err
	}
	if p.propertyByKey(key) != nil {
		return nil, refuse(http.StatusConflict, "A content property with the key '%s' already exists", key)
	}
	q := &property{id: t.id(), key: key, value: compact, number: 1, when: t.stamp(), by: t.me}
	p.properties = append(p.properties, q)
	return q, nil
}

// setProperty replaces exactly the version before number: the service compares
// before it sets, so of two writers one is refused.
func (t *site) setProperty(q *property, number int, value json.RawMessage) error {
	compact, err := t.checkProperty(q.key, value)
	if err != nil {
		return err
	}
	if number != q.number+1 {
		return refuse(http.StatusConflict, "Version must be incremented on update. Current version is: %d", q.number)
	}
	q.value, q.number, q.when, q.by = compact, number, t.stamp(), t.me
	return nil
}

func (t *site) checkProperty(key string, value json.RawMessage) (json.RawMessage, error) {
	var compact bytes.Buffer
	switch {
	case key == "":
		return nil, refuse(http.StatusBadRequest, "A content property must have a key")
	case utf8.RuneCountInString(key) > maxPropertyKey:
		return nil, refuse(http.StatusBadRequest, "The key of a content property cannot be longer than %d characters", maxPropertyKey)
	case len(value) == 0, json.Compact(&compact, value) != nil, compact.String() == "null":
		return nil, refuse(http.StatusBadRequest, "A content property must have a value")
	case compact.Len() > maxPropertyValue:
		return nil, t.tooLong(compact.Len())
	}
	return compact.Bytes(), nil
}

// tooLong is a value beyond the limit, which Data Center tells as 413.
func (t *site) tooLong(n int) error {
	status := http.StatusRequestEntityTooLarge
	if t.cloud {
		status = http.StatusBadRequest
	}
	return refuse(status, "The value of a content property cannot be longer than %d bytes, it has %d", maxPropertyValue, n)
}

func (p *page) removeProperty(q *property) {
	p.properties = slices.DeleteFunc(p.properties, func(r *property) bool { return r == q })
}

func (c *call) v2Properties() (any, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	key := c.param("key")
	found := slices.DeleteFunc(slices.Clone(p.properties), func(q *property) bool { return key != "" && q.key != key })
	return v2List(c, found, v2ShowProperty)
}

func v2ShowProperty(q *property) any {
	return object{
		"id": q.id, "key": q.key, "value": q.value,
		"version": object{
			"number": q.number, "createdAt": millis(q.when), "message": "", "minorEdit": false,
			"authorId": q.by.AccountID,
		},
	}
}

// v2TargetProperty is page and property of the path.
func (c *call) v2TargetProperty() (*page, *property, error) {
	p, err := c.v2Target()
	if err != nil {
		return nil, nil, err
	}
	id := c.PathValue("property")
	q := p.property(func(q *property) bool { return q.id == id })
	if q == nil {
		return nil, nil, notFound("content property", id)
	}
	return p, q, nil
}

// mayChange refuses what needs the right to edit the page. That the page can
// be read is clear by now, so it is 403.
func (c *call) mayChange(p *page) error {
	if c.readOnly || p.locked {
		return refuse(http.StatusForbidden, "User is not permitted to edit content with id: %s", p.id)
	}
	return nil
}

func (c *call) v2CreateProperty() (any, error) {
	var in struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, err := c.v2Target()
	if err != nil {
		return nil, err
	}
	if err := c.mayChange(p); err != nil {
		return nil, err
	}
	q, err := c.addProperty(p, in.Key, in.Value)
	if err != nil {
		return nil, err
	}
	return v2ShowProperty(q), nil
}

func (c *call) v2Property() (any, error) {
	_, q, err := c.v2TargetProperty()
	if err != nil {
		return nil, err
	}
	return v2ShowProperty(q), nil
}

func (c *call) v2UpdateProperty() (any, error) {
	var in struct {
		Key     string          `json:"key"`
		Value   json.RawMessage `json:"value"`
		Version struct {
			Number  int    `json:"number"`
			Message string `json:"message"`
		} `json:"version"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	p, q, err := c.v2TargetProperty()
	if err != nil {
		return nil, err
	}
	if err := c.mayChange(p); err != nil {
		return nil, err
	}
	if in.Key != q.key {
		return nil, refuse(http.StatusBadRequest, "The key of a content property cannot be changed")
	}
	if err := c.setProperty(q, in.Version.Number, in.Value); err != nil {
		return nil, err
	}
	return v2ShowProperty(q), nil
}

func (c *call) v2DeleteProperty() (any, error) {
	p, q, err := c.v2TargetProperty()
	if err != nil {
		return nil, err
	}
	if err := c.mayChange(p); err != nil {
		return nil, err
	}
	p.removeProperty(q)
	return nil, nil
}

// zoned is how version 1 writes a time.
func zoned(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }
