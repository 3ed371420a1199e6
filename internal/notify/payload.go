package notify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/atc0005/go-teams-notify/v2/adaptivecard"

	"refine/planner/outcome"
)

// payload writes the message as the place reads it. Tickets and pages have a say in
// its words: what would be markup there, or call everybody, is only text.
func payload(kind string, m outcome.Message) ([]byte, error) {
	switch kind {
	case Slack:
		return text(fmt.Sprintf("<%s|%s>: %s", m.URL, slackText(m.Title), slackText(m.Text)))
	case GoogleChat:
		return text(fmt.Sprintf("<%s|%s>: %s", m.URL, chatText(m.Title), chatText(m.Text)))
	case Mattermost:
		return text(fmt.Sprintf("[%s](%s): %s", markdownText(m.Title), m.URL, markdownText(m.Text)))
	case Teams:
		return card(m)
	}
	return encode(m)
}

func text(s string) ([]byte, error) { return encode(map[string]string{"text": s}) }

func encode(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding the message: %w", err)
	}
	return []byte(b.String()), nil
}

// unseen stands between an @ and a name, so that it calls nobody.
const unseen = "\u200b"

var (
	slackEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "¦")
	// Google Chat knows no escape for the signs around its links and mentions.
	chatEscaper     = strings.NewReplacer("<", "‹", ">", "›", "|", "¦")
	markdownEscaper = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "~", `\~`, "#", `\#`, "|", `\|`, "!", `\!`,
		"@", "@"+unseen,
	)
)

func slackText(s string) string    { return slackEscaper.Replace(line(s)) }
func chatText(s string) string     { return chatEscaper.Replace(line(s)) }
func markdownText(s string) string { return markdownEscaper.Replace(line(s)) }

// line is s on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// card is a message to Microsoft Teams: the page's title, what there is to tell, and
// a button that leads to the page.
func card(m outcome.Message) ([]byte, error) {
	c := adaptivecard.NewCard()
	open, err := adaptivecard.NewActionOpenURL(m.URL, "Open the page")
	if err != nil {
		return nil, fmt.Errorf("the page's address: %w", err)
	}
	err = c.AddElement(false,
		adaptivecard.NewTitleTextBlock(markdownText(m.Title), true),
		adaptivecard.NewTextBlock(markdownText(m.Text), true))
	if err == nil {
		err = c.AddAction(false, open)
	}
	if err != nil {
		return nil, fmt.Errorf("writing the card: %w", err)
	}
	message, err := adaptivecard.NewMessageFromCard(c)
	if err == nil {
		err = message.Prepare()
	}
	if err != nil {
		return nil, fmt.Errorf("writing the card: %w", err)
	}
	return io.ReadAll(message.Payload())
}
