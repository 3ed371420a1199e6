package jira

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// A passage is a text that is searched for what it points to.
type passage struct{ where, text string }

// visuals lists what there is to look at with a ticket (P8): pictures, films and
// drawings that are attached or embedded, and links to boards and drawings. What
// a text embeds and nobody attached has a name and no address.
func visuals(attached []ticket.Attachment, texts []passage) []ticket.Visual {
	var found []ticket.Visual
	add := func(v ticket.Visual) {
		same := func(o ticket.Visual) bool { return o.Name == v.Name && (o.URL == v.URL || v.URL == "") }
		if v.Name != "" && !slices.ContainsFunc(found, same) && len(found) < mostVisuals {
			found = append(found, v)
		}
	}
	for _, a := range attached {
		if showable(a.Name, a.Type) {
			add(ticket.Visual{Name: a.Name, URL: a.URL, Where: "attachment"})
		}
	}
	for _, w := range texts {
		text := quotedCode.ReplaceAllString(w.text, "")
		for _, m := range embedded.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], "://") {
				add(ticket.Visual{Name: m[1], Where: w.where})
			}
		}
		for _, m := range address.FindAllStringSubmatch(text, -1) {
			add(linkedVisual(m[1], m[2], w.where))
		}
	}
	return found
}

// mostVisuals bounds what is listed of one ticket.
const mostVisuals = 12

var (
	quotedCode = lazyregexp.New(`(?s)\{(?:code|noformat)[^}]*\}.*?\{(?:code|noformat)\}`)
	// embedded is wiki markup for a picture: !flow.png|thumbnail!
	embedded = lazyregexp.New(`(?i)!([^\s!|][^!|\r\n]{0,200}\.(?:` + endings + `))(?:\|[^!\r\n]*)?!`)
	// address is a link with its text before it, or without one.
	address = lazyregexp.New(`(?:\[([^\[\]|\r\n]{1,200})\|)?(https?://[^\s\[\]|{}<>"“”!]+)`)
)

const endings = `png|jpe?g|gif|svg|webp|bmp|tiff?|heic|mp4|mov|webm|avi|pdf|drawio|vsdx?|fig|sketch|xd|excalidraw|puml`

var showableName = lazyregexp.New(`(?i)\.(?:` + endings + `)$`)

// showable goes by the type the service tells, else by the name's ending.
func showable(name, mime string) bool {
	kind, _, _ := strings.Cut(mime, "/")
	return kind == "image" || kind == "video" || mime == "application/pdf" || showableName.MatchString(name)
}

// boards are the services whose pages are there to be looked at. A host stands
// for its subdomains, too.
var boards = []struct {
	host string
	path *lazyregexp.Regexp // nil: any
	kind string
}{
	{"miro.com", nil, "Miro board"}, {"realtimeboard.com", nil, "Miro board"},
	{"figma.com", lazyregexp.New(`^/board/|^/jam/`), "FigJam board"}, {"figma.com", nil, "Figma file"},
	{"lucid.app", nil, "Lucid diagram"}, {"lucidchart.com", nil, "Lucid diagram"}, {"lucidspark.com", nil, "Lucid board"},
	{"diagrams.net", nil, "draw.io diagram"}, {"draw.io", nil, "draw.io diagram"},
	{"mural.co", nil, "Mural board"}, {"excalidraw.com", nil, "Excalidraw drawing"}, {"whimsical.com", nil, "Whimsical board"},
	{"invis.io", nil, "InVision prototype"}, {"invisionapp.com", nil, "InVision prototype"}, {"zeplin.io", nil, "Zeplin screen"},
	{"balsamiq.cloud", nil, "Balsamiq wireframe"}, {"axshare.com", nil, "Axure prototype"}, {"marvelapp.com", nil, "Marvel prototype"},
	{"storiesonboard.com", nil, "story map"}, {"featmap.com", nil, "story map"}, {"cardboardit.com", nil, "story map"},
	{"loom.com", lazyregexp.New(`^/share/`), "Loom video"},
	{"docs.google.com", lazyregexp.New(`^/drawings/`), "Google drawing"},
	{"atlassian.net", lazyregexp.New(`/whiteboard/`), "Confluence whiteboard"},
}

// calledVisual is a link's text that says that there is something to look at,
// wherever it leads.
var calledVisual = lazyregexp.New(`(?i)\b(?:(?:user )?story ?map|mock-?ups?|wire-?frames?|white ?board|(?:clickable )?prototype|storyboard|screen ?(?:design|flow))\b`)

// linkedVisual is the board or picture behind a link, without a name if it is
// none. An address that a page must not link to keeps its name alone.
func linkedVisual(text, raw, where string) ticket.Visual {
	raw = strings.TrimRight(raw, `.,;:?)'*_`)
	u, err := url.Parse(raw)
	if err != nil {
		return ticket.Visual{}
	}
	kind := visualKind(u)
	if text = strings.TrimSpace(text); strings.Contains(text, "://") {
		text = ""
	}
	v := ticket.Visual{Where: where, URL: raw}
	switch {
	case kind != "" && text != "" && !strings.EqualFold(text, kind):
		v.Name = kind + ": " + text
	case kind != "":
		v.Name = kind
	case calledVisual.MatchString(text):
		v.Name = text
	}
	if u.User != nil || len(raw) > longestAddress {
		v.URL = ""
	}
	return v
}

// longestAddress, in bytes, is what browsers, pages and comments take.
const longestAddress = 2000

func visualKind(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	for _, b := range boards {
		if (host == b.host || strings.HasSuffix(host, "."+b.host)) && (b.path == nil || b.path.MatchString(u.Path)) && len(strings.Trim(u.Path, "/"))+len(u.Fragment) > 0 {
			return b.kind
		}
	}
	if base := path.Base(u.Path); showableName.MatchString(base) && !strings.EqualFold(path.Ext(base), ".pdf") {
		return base // a linked document is mostly there to be read
	}
	return ""
}

// look reads what an issue has to look at, its attachments with their addresses
// on the site.
func look(i ticket.Issue) []ticket.Visual {
	texts := []passage{{"description", i.Description}, {"acceptance criteria", i.AcceptanceCriteria}}
	for _, c := range i.Comments {
		texts = append(texts, passage{"comment by " + cmp.Or(c.Author.Name, "somebody"), c.Body})
	}
	return visuals(i.Attachments, texts)
}

var attachmentID = lazyregexp.New(`^[0-9]{1,18}$`)

// attachments are the files of an issue. Their addresses are built from the
// site's own, since what an answer names as self may be an address for machines.
func attachments(list []attachment, site string) []ticket.Attachment {
	var out []ticket.Attachment
	for _, a := range list {
		file := ticket.Attachment{Name: a.Filename, Type: a.MimeType}
		if site != "" && attachmentID.MatchString(a.ID) {
			file.URL = site + "/secure/attachment/" + a.ID + "/" + url.PathEscape(a.Filename)
		}
		out = append(out, file)
	}
	return out
}
