package notify_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/notify"
	"refine/planner/outcome"
)

var message = outcome.Message{
	Event: outcome.SessionSynced, Team: "PAY", Session: "refine-1-2-2026-11-24", Title: "2026-11-24 Refinement – PAY – Flagged items",
	URL: "https://acme.example/pages/viewpage.action?pageId=7", Text: "8 items refined; PAY-9 waits for “<!channel> @all [x](https://evil.example)”",
}

func place(kind, address string) *notify.Place {
	return notify.New(kind, kind, func(context.Context) (string, error) { return address, nil }, &http.Transport{DisableKeepAlives: true})
}

// receiver answers with a status and hands on what it was sent.
func receiver(t *testing.T, status int) (address string, got func() string) {
	t.Helper()
	bodies := make(chan string, 9)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies <- r.Method + " " + r.URL.Path + " " + string(body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	t.Cleanup(srv.Close)
	return srv.URL + "/hooks/s3cret", func() string {
		select {
		case b := <-bodies:
			return b
		default:
			return ""
		}
	}
}

func TestEachPlaceGetsItsForm(t *testing.T) { // S10, F5
	t.Parallel()
	for kind, want := range map[string]string{
		notify.Slack:      `{"text":"<https://acme.example/pages/viewpage.action?pageId=7|2026-11-24 Refinement – PAY – Flagged items>: 8 items refined; PAY-9 waits for “&lt;!channel&gt; @all [x](https://evil.example)”"}`,
		notify.GoogleChat: `{"text":"<https://acme.example/pages/viewpage.action?pageId=7|2026-11-24 Refinement – PAY – Flagged items>: 8 items refined; PAY-9 waits for “‹!channel› @all [x](https://evil.example)”"}`,
		notify.Mattermost: `{"text":"[2026-11-24 Refinement – PAY – Flagged items](https://acme.example/pages/viewpage.action?pageId=7): 8 items refined; PAY-9 waits for “\\<\\!channel\\> @` + "\u200b" + `all \\[x\\](https://evil.example)”"}`,
		notify.Webhook:    `{"event":"sync","team":"PAY","session":"refine-1-2-2026-11-24","title":"2026-11-24 Refinement – PAY – Flagged items","url":"https://acme.example/pages/viewpage.action?pageId=7","text":"8 items refined; PAY-9 waits for “<!channel> @all [x](https://evil.example)”"}`,
	} {
		address, got := receiver(t, http.StatusOK)
		require.NoError(t, place(kind, address).Send(t.Context(), message), kind)
		assert.Equal(t, "POST /hooks/s3cret "+want, strings.TrimSpace(got()), kind)
	}
	address, got := receiver(t, http.StatusAccepted) // what a workflow of Teams answers
	require.NoError(t, place(notify.Teams, address).Send(t.Context(), message))
	var card struct {
		Attachments []struct {
			ContentType string
			Content     struct {
				Type    string
				Body    []struct{ Type, Text string }
				Actions []struct{ Type, URL string }
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(strings.TrimPrefix(got(), "POST /hooks/s3cret ")), &card))
	require.Len(t, card.Attachments, 1)
	c := card.Attachments[0]
	assert.Equal(t, "application/vnd.microsoft.card.adaptive", c.ContentType)
	assert.Equal(t, message.Title, c.Content.Body[0].Text)
	assert.Contains(t, c.Content.Body[1].Text, "8 items refined")
	assert.NotContains(t, c.Content.Body[1].Text, "[x](")
	assert.Equal(t, message.URL, c.Content.Actions[0].URL)
}

// What fails says whether it may have arrived, and never the address.
func TestFailuresSayWhetherItArrived(t *testing.T) { // S10, F4
	t.Parallel()
	for status, maybe := range map[int]bool{302: false, 400: false, 404: false, 429: false, 503: false, 500: true, 502: true, 504: true} {
		address, got := receiver(t, status)
		check(t, place(notify.Slack, address).Send(t.Context(), message), maybe, fmt.Sprint("it answered ", status))
		assert.NotEmpty(t, got())
		assert.Empty(t, got(), "it is sent once, and no redirect is followed")
	}
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() {
		conn, err := silent.Accept()
		if err == nil {
			bufio.NewReader(conn).ReadString('\n')
			conn.Close()
		}
	}()
	check(t, place(notify.Webhook, "http://"+silent.Addr().String()+"/s3cret").Send(t.Context(), message), true, "may have arrived")
	silent.Close()
	check(t, place(notify.Webhook, "http://"+silent.Addr().String()+"/s3cret").Send(t.Context(), message), false, "connection refused")
	check(t, place(notify.Email, "smtp://"+silent.Addr().String()+"/?from=a@acme.example&to=b@acme.example").Send(t.Context(), message), false, "connection refused")
	for _, kind := range notify.Kinds {
		for _, address := range []string{"s3cret", "://s3cret", "ftp://acme.example/s3cret", "http:///s3cret"} {
			check(t, place(kind, address).Send(t.Context(), message), false, "its address")
		}
	}
	gone := notify.New("x", notify.Slack, func(context.Context) (string, error) { return "", errors.New("reading url_file: no such file") }, nil)
	check(t, gone.Send(t.Context(), message), false, "reading url_file")
}

func check(t *testing.T, err error, maybe bool, says string) {
	t.Helper()
	e, ok := errors.AsType[*notify.Error](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, maybe, e.MayHaveArrived(), "%v", err)
	assert.ErrorContains(t, err, says)
	assert.NotContains(t, err.Error(), "s3cret")
}

// mailbox is a mail server for one letter; refuse is the command that it refuses.
func mailbox(t *testing.T, refuse string) (address string, got <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	all := make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		var seen strings.Builder
		defer func() { all <- seen.String() }()
		r := bufio.NewReader(conn)
		fmt.Fprint(conn, "220 mail.acme.example\r\n")
		for inside := false; ; {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			seen.WriteString(line)
			word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch {
			case inside && line != ".\r\n":
				continue
			case word == refuse:
				fmt.Fprintf(conn, "550 no, %s", line)
			case inside:
				inside = false
				fmt.Fprint(conn, "250 taken\r\n")
			case word == "EHLO":
				fmt.Fprint(conn, "250-mail.acme.example\r\n250 AUTH PLAIN\r\n")
			case word == "AUTH":
				fmt.Fprint(conn, "235 welcome\r\n")
			case word == "DATA":
				inside = true
				fmt.Fprint(conn, "354 go on\r\n")
			default:
				fmt.Fprint(conn, "250 ok\r\n")
			}
		}
	}()
	return "smtp://refine:s3cret@" + l.Addr().String() + "/?" + url.Values{"from": {"Refine <refine@acme.example>"}, "to": {"team@acme.example", "lead@acme.example"}}.Encode(), all
}

func TestMail(t *testing.T) { // S10, F4
	t.Parallel()
	address, got := mailbox(t, "")
	require.NoError(t, place(notify.Email, address).Send(t.Context(), message))
	letter := <-got
	for _, want := range []string{
		"MAIL FROM:<refine@acme.example>", "RCPT TO:<team@acme.example>", "RCPT TO:<lead@acme.example>",
		"Subject: =?utf-8?q?2026-11-24_Refinement_=E2=80=93_PAY_=E2=80=93_Flagged_items?=", "8 items refined", "pageId=3D7",
	} {
		assert.Contains(t, letter, want)
	}
	assert.Equal(t, 1, strings.Count(letter, "DATA\r\n"), "one letter to all")
	for refuse, maybe := range map[string]bool{"AUTH": false, "RCPT": false, ".": false} {
		address, _ := mailbox(t, refuse)
		err := place(notify.Email, address).Send(t.Context(), message)
		check(t, err, maybe, "550")
		assert.NotContains(t, err.Error(), base64.StdEncoding.EncodeToString([]byte("\x00refine\x00s3cret")), "the server repeats what it was sent")
	}
	check(t, place(notify.Email, "smtp://127.0.0.1:1/?to=a@acme.example").Send(t.Context(), message), false, "names no sender")
	check(t, place(notify.Email, "smtp://127.0.0.1:1/?from=a@acme.example").Send(t.Context(), message), false, "names no receiver")
}

// Trying a place sends nothing: a webhook's host is asked for its first page and
// never for the secret one, a mail server takes no letter.
func TestTry(t *testing.T) { // O4 S10 F4
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusNotFound, http.StatusInternalServerError} {
		address, got := receiver(t, status)
		found, err := place(notify.Slack, address).Try(t.Context())
		require.NoError(t, err)
		assert.Contains(t, found, "127.0.0.1")
		assert.Equal(t, "HEAD / ", got())
	}
	address, got := mailbox(t, "")
	_, err := place(notify.Email, address).Try(t.Context())
	require.NoError(t, err)
	said := <-got
	assert.Contains(t, said, "RCPT TO:<lead@acme.example>")
	assert.NotContains(t, said, "DATA")
	for _, refuse := range []string{"AUTH", "RCPT"} {
		address, _ := mailbox(t, refuse)
		_, err := place(notify.Email, address).Try(t.Context())
		check(t, err, false, "550")
	}
	for kind, address := range map[string]string{
		notify.Email: "https://acme.example/s3cret", notify.Slack: "smtp://acme.example/s3cret", notify.Webhook: "s3cret",
	} {
		_, err := place(kind, address).Try(t.Context())
		check(t, err, false, "its address")
	}
	_, err = place(notify.Webhook, "http://127.0.0.1:1/s3cret").Try(t.Context())
	check(t, err, false, "connection refused")
}

func TestReport(t *testing.T) { // S10
	t.Parallel()
	address, got := receiver(t, http.StatusOK)
	require.NoError(t, notify.Report(t.Context(), address, false, &http.Transport{}))
	assert.Equal(t, "GET /hooks/s3cret ", got())
	require.NoError(t, notify.Report(t.Context(), address, true, &http.Transport{}))
	assert.Equal(t, "GET /hooks/s3cret/fail ", got())
	address, _ = receiver(t, http.StatusNotFound)
	check(t, notify.Report(t.Context(), address, true, &http.Transport{}), false, "404 Not Found")
	check(t, notify.Report(t.Context(), "s3cret", true, nil), false, "https://")
}
