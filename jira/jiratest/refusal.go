package jiratest

import (
	"errors"
	"fmt"
	"net/http"
)

// refusal is an answer that is no success, in the shape of the REST API.
type refusal struct {
	status   int
	messages []string
	fields   map[string]string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("%d %v %v", r.status, r.messages, r.fields)
}

func refuse(status int, format string, args ...any) *refusal {
	return &refusal{status: status, messages: []string{fmt.Sprintf(format, args...)}}
}

// refuseField is how a value of a field is refused.
func refuseField(field, format string, args ...any) *refusal {
	return &refusal{status: http.StatusBadRequest, fields: map[string]string{field: fmt.Sprintf(format, args...)}}
}

func replyTo(err error) reply {
	r, ok := errors.AsType[*refusal](err)
	if !ok {
		r = refuse(http.StatusInternalServerError, "Internal server error: %v", err)
	}
	body := map[string]any{"errorMessages": r.messages, "errors": r.fields}
	if r.messages == nil {
		body["errorMessages"] = []string{}
	}
	if r.fields == nil {
		body["errors"] = map[string]string{}
	}
	return reply{r.status, body}
}

// unauthorized is the answer to a wrong user or token. Data Center's comes
// from its login filter and is a page for people.
func (s *Server) unauthorized(w http.ResponseWriter) {
	w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
	if s.cloud {
		refuseReply(w, http.StatusUnauthorized, "Client must be authenticated to access this resource.")
		return
	}
	w.Header().Set("WWW-Authenticate", `OAuth realm="Jira"`)
	writeHTML(w, http.StatusUnauthorized, "<html><head><title>Unauthorized (401)</title></head><body>"+
		"<h1>Unauthorized (401)</h1><p>Basic Authentication Failure - Reason : AUTHENTICATED_FAILED</p></body></html>")
}

func refuseReply(w http.ResponseWriter, status int, message string) {
	replyTo(refuse(status, "%s", message)).write(w)
}

func writeHTML(w http.ResponseWriter, status int, page string) {
	w.Header().Set("Content-Type", "text/html;charset=UTF-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(page)) // a client that has gone is not our failure
}

// Refusal is a reason for which a whole site refuses every call, each in the
// shape its own part of the service uses.
type Refusal int

const (
	// ScopeMismatch is the gateway's answer to a token without the scope.
	ScopeMismatch Refusal = iota + 1
	// CAPTCHA is Data Center's answer after too many wrong passwords.
	CAPTCHA
	// BasicDisabled is Data Center's answer where only tokens may log in.
	BasicDisabled
	// LoginPage is a single sign-on page in front of the site, with status 200.
	LoginPage
	// Maintenance is a site that is being upgraded.
	Maintenance
)

func (r Refusal) write(w http.ResponseWriter) {
	switch r {
	case ScopeMismatch:
		reply{http.StatusUnauthorized, map[string]any{"code": 401, "message": "Unauthorized; scope does not match"}}.write(w)
	case CAPTCHA:
		w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATION_DENIED")
		w.Header().Set("X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=/login.jsp")
		writeHTML(w, http.StatusForbidden, "<html><head><title>Forbidden (403)</title></head><body>"+
			"<p>Encountered a &quot;403 - Forbidden&quot; error while loading this page.</p></body></html>")
	case BasicDisabled:
		reply{http.StatusForbidden, map[string]any{"message": "Basic Authentication has been disabled on this instance."}}.write(w)
	case LoginPage:
		writeHTML(w, http.StatusOK, "<!DOCTYPE html><html><head><title>Log in</title></head><body><form action=\"/login\" method=\"post\"></form></body></html>")
	case Maintenance:
		w.Header().Set("Retry-After", "60")
		writeHTML(w, http.StatusServiceUnavailable, "<html><head><title>Jira is unavailable</title></head><body></body></html>")
	}
}
