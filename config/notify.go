package config

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
)

// A Notify is a place where a team is told of its sessions. Its address is a secret:
// exactly one of URL, URLFile, URLCommand and URLEnv is set.
type Notify struct {
	Type       string `json:"type" jsonschema:"required,enum=slack,enum=teams,enum=mattermost,enum=googlechat,enum=email,enum=webhook" jsonschema_description:"webhook is any address that takes JSON."`
	Name       string `json:"name" jsonschema_description:"What the place is called in what is printed and remembered. Default: the type."`
	URL        Secret `json:"url" jsonschema_description:"The address itself: what Slack, Teams and the like call a webhook, or smtp://user:password@mail.acme.example:587/?from=refine@acme.example&to=team@acme.example. Better kept in a file, a variable or a command."`
	URLFile    string `json:"url_file" jsonschema_description:"File that holds the address, relative to this file."`
	URLCommand string `json:"url_command" jsonschema_description:"Command, run by the shell, whose first line of output is the address."`
	URLEnv     string `json:"url_env" jsonschema_description:"Name of the environment variable that holds the address."`
}

// Health is an address that is called when a run or a job of the daemon has ended. At
// most one of URL, URLFile and URLCommand is set.
type Health struct {
	URL        Secret `json:"url" jsonschema_description:"The address; /fail is added to its path after a run in which something failed."`
	URLFile    string `json:"url_file" jsonschema_description:"File that holds the address, relative to this file."`
	URLCommand string `json:"url_command" jsonschema_description:"Command, run by the shell, whose first line of output is the address."`
}

// notifyTypes are the values of Notify.Type.
var notifyTypes = []string{"slack", "teams", "mattermost", "googlechat", "email", "webhook"}

func (n Notify) secret() keptSecret { return keptSecret{"url", n.URL, n.URLFile, n.URLCommand} }
func (h Health) secret() keptSecret { return keptSecret{"url", h.URL, h.URLFile, h.URLCommand} }

// Address fetches the place's address from where it is kept.
func (n Notify) Address(ctx context.Context) (Secret, error) {
	if n.URLEnv == "" {
		return n.secret().fetch(ctx)
	}
	return clean("the variable "+n.URLEnv, os.Getenv(n.URLEnv))
}

// Address fetches the address from where it is kept; it is none where none was given.
func (h Health) Address(ctx context.Context) (Secret, error) {
	if h == (Health{}) {
		return Secret{}, nil
	}
	return h.secret().fetch(ctx)
}

func (n *Notify) fillIn(dir string) {
	n.Name = cmp.Or(n.Name, n.Type)
	if n.URLFile != "" && !filepath.IsAbs(n.URLFile) {
		n.URLFile = filepath.Join(dir, n.URLFile)
	}
}

func (h Health) validate() []fault {
	return append(validateAddress("health.url", h.URL, "http", "https"), h.secret().validateOnce("health")...)
}

func validateNotify(key string, all []Notify) []fault {
	var faults []fault
	names := map[string]bool{}
	for i, n := range all {
		at := fmt.Sprintf("%s[%d]", key, i)
		faults = append(faults, n.validate(at)...)
		name := cmp.Or(n.Name, n.Type)
		if names[name] && name != "" {
			faults = append(faults, about(at+".name", "a second place called %s: give each a name of its own", name))
		}
		names[name] = true
	}
	return faults
}

func (n Notify) validate(key string) []fault {
	faults := oneOf(key+".type", n.Type, notifyTypes...)
	ways := n.secret().ways()
	if n.URLEnv != "" {
		ways++
	}
	switch {
	case ways == 0:
		faults = append(faults, about(key, "no address: give one of url_file, url_env, url_command and url"))
	case ways > 1:
		faults = append(faults, about(key, "more than one of url, url_file, url_command and url_env"))
	}
	if n.Name != "" && !ownerPattern.MatchString(n.Name) {
		faults = append(faults, about(key+".name", "must be 1 to 64 letters, digits, dots, dashes or underscores"))
	}
	if n.Type == "email" {
		return append(faults, validateAddress(key+".url", n.URL, "smtp", "smtps")...)
	}
	return append(faults, validateAddress(key+".url", n.URL, "http", "https")...)
}

// validateAddress does not quote the address, which is a secret.
func validateAddress(key string, address Secret, schemes ...string) []fault {
	if address.IsZero() {
		return nil
	}
	u, err := url.Parse(address.Reveal())
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) {
		return []fault{about(key, "must be an address that begins with %s://", schemes[len(schemes)-1])}
	}
	return nil
}

// named are the variables that the file names for addresses.
func (c *Config) named() (names []string) {
	for _, t := range c.Teams {
		for _, n := range t.Notify {
			names = append(names, n.URLEnv)
		}
	}
	return names
}
