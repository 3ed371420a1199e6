package recur

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// An event is one of a calendar's, or one occurrence that replaces one of a series.
type event struct {
	uid, title string
	sequence   int
	start      time.Time
	wholeDay   bool
	cancelled  bool

	rule   string
	added  []time.Time
	except dates

	splits       bool      // a replacement is meant for all that follow, too
	replaces     time.Time // the occurrence in whose place it stands; zero: it stands for itself
	replacesDay  bool      // only its day is told
	andAllLater  bool
	lastModified string
}

// dates are times and whole days of a series that do not take place.
type dates struct {
	times map[int64]bool  // Unix seconds
	days  map[string]bool // 20261224
}

func (d dates) has(t time.Time, loc *time.Location) bool {
	return d.times[t.Unix()] || d.days[t.In(loc).Format(dayLayout)]
}

const (
	dayLayout  = "20060102"
	timeLayout = "20060102T150405"
)

// events reads those of a calendar that are meant, or belong to one that is.
func (c Calendar) events(parsed *ical.Component) (events []*event, err error) {
	var meant []*ical.Component
	uids := map[string]bool{}
	count := 0
	for _, child := range parsed.Children {
		if child.Name != ical.CompEvent {
			continue
		}
		if count++; count > mostEvents {
			return nil, fmt.Errorf("has more than %d events", mostEvents)
		}
		title := text(child, ical.PropSummary)
		if c.means(&event{title: title}, nil) {
			uids[text(child, ical.PropUID)] = true
		}
		meant = append(meant, child)
	}
	for _, child := range meant {
		if !uids[text(child, ical.PropUID)] {
			continue // its zone and its rule are nobody's business here
		}
		e, err := c.event(child)
		if err != nil {
			return nil, fmt.Errorf("the event “%s”: %w", text(child, ical.PropSummary), err)
		}
		events = append(events, e)
	}
	return events, nil
}

func (c Calendar) event(from *ical.Component) (*event, error) {
	e := &event{
		uid: text(from, ical.PropUID), title: text(from, ical.PropSummary), lastModified: text(from, ical.PropDateTimeStamp),
		cancelled: strings.EqualFold(text(from, ical.PropStatus), string(ical.EventCancelled)),
		except:    dates{map[int64]bool{}, map[string]bool{}},
	}
	e.sequence, _ = strconv.Atoi(text(from, ical.PropSequence)) // absent: 0
	start := from.Props.Get(ical.PropDateTimeStart)
	if start == nil {
		return nil, errors.New("has no DTSTART")
	}
	var err error
	if e.start, e.wholeDay, err = c.moment(*start, start.Value); err != nil {
		return nil, err
	}
	switch rules := from.Props[ical.PropRecurrenceRule]; len(rules) {
	case 0:
	case 1:
		e.rule = rules[0].Value
	default:
		return nil, errors.New("has several RRULEs, of which calendars make different things: write it as several events")
	}
	if id := from.Props.Get(ical.PropRecurrenceID); id != nil {
		if e.replaces, err = c.replaced(e, *id); err != nil {
			return nil, err
		}
	}
	return e, errors.Join(c.eachDate(from.Props[ical.PropExceptionDates], e.leavesOut), c.eachDate(from.Props[ical.PropRecurrenceDates], e.adds))
}

func (c Calendar) replaced(e *event, id ical.Prop) (time.Time, error) {
	e.andAllLater = strings.EqualFold(id.Params.Get(ical.ParamRange), "THISANDFUTURE")
	at, day, err := c.moment(id, id.Value)
	e.replacesDay = day
	return at, err
}

func (e *event) leavesOut(t time.Time, wholeDay bool) {
	if wholeDay {
		e.except.days[t.Format(dayLayout)] = true
	} else {
		e.except.times[t.Unix()] = true
	}
}

func (e *event) adds(t time.Time, wholeDay bool) {
	if !wholeDay {
		e.added = append(e.added, t)
	}
}

// eachDate goes through properties that hold lists of dates, in times or periods.
func (c Calendar) eachDate(props []ical.Prop, do func(t time.Time, wholeDay bool)) error {
	n := 0
	for _, p := range props {
		for value := range strings.SplitSeq(p.Value, ",") {
			if n++; n > mostDates {
				return fmt.Errorf("has more than %d exceptions", mostDates)
			}
			value, _, _ = strings.Cut(value, "/") // a period begins with its start
			t, wholeDay, err := c.moment(p, value)
			if err != nil {
				return err
			}
			do(t, wholeDay)
		}
	}
	return nil
}

// moment reads a time, in the zone that it names, or a whole day.
func (c Calendar) moment(p ical.Prop, value string) (t time.Time, wholeDay bool, err error) {
	value = strings.TrimSpace(value)
	loc := c.Zone
	if name := p.Params.Get(ical.PropTimezoneID); name != "" {
		if loc, err = zone(name); err != nil {
			return t, false, err
		}
	}
	switch {
	case len(value) == len(dayLayout):
		t, err = time.ParseInLocation(dayLayout, value, c.Zone)
		wholeDay = true
	case strings.HasSuffix(value, "Z"):
		t, err = time.Parse(timeLayout, strings.TrimSuffix(value, "Z"))
	default:
		t, err = time.ParseInLocation(timeLayout, value, loc)
	}
	if err != nil {
		err = fmt.Errorf("%s is no date or time: %q", p.Name, value)
	}
	return t, wholeDay, err
}

// text is a property's value, as it was typed; empty if there is none.
func text(c *ical.Component, name string) string {
	p := c.Props.Get(name)
	if p == nil {
		return ""
	}
	return unescape.Replace(p.Value)
}

var unescape = strings.NewReplacer(`\\`, `\`, `\,`, `,`, `\;`, `;`, `\n`, " ", `\N`, " ")

// newer compares two versions of one event.
func newer(a, b *event) int {
	return cmp.Or(cmp.Compare(a.sequence, b.sequence), cmp.Compare(a.lastModified, b.lastModified))
}
