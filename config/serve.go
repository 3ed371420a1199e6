package config

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Serve is how the daemon runs.
type Serve struct {
	Listen      string        `json:"listen" jsonschema_description:"Address of the status page, health, metrics and the webhook. Default: 127.0.0.1:8417, which only this machine reaches. none: nothing listens."`
	JobTimeout  time.Duration `json:"job_timeout" jsonschema_description:"For one publish or sync. What a process that was killed had under way is taken up again soon after that time. Default: 6m."`
	Sweep       time.Duration `json:"sweep" jsonschema_description:"How often each team's finished sessions are looked at for what was typed later. Default: 6h; every hour on the day after a session."`
	Jobs        int           `json:"jobs" jsonschema:"minimum=1,maximum=64" jsonschema_description:"Most sessions worked on side by side. Default: 8."`
	Webhook     Secret        `json:"webhook_secret" jsonschema_description:"Secret that senders of the webhook know. Without one there is no webhook."`
	WebhookFile string        `json:"webhook_secret_file" jsonschema_description:"File that holds it, relative to this file."`
	WebhookFrom string        `json:"webhook_secret_command" jsonschema_description:"Command, run by the shell, whose first line of output is it."`
}

// Nowhere is the Serve.Listen of a daemon that does not listen.
const Nowhere = "none"

const sqlitePrefix = "sqlite:"

func (s Serve) secret() keptSecret {
	return keptSecret{"webhook_secret", s.Webhook, s.WebhookFile, s.WebhookFrom}
}

func (c *Config) validateServe() []fault {
	faults := validateStore(c.Store.Reveal())
	s := c.Serve
	if _, _, err := net.SplitHostPort(s.Listen); err != nil && s.Listen != Nowhere {
		faults = append(faults, about("serve.listen", "must be an address and a port such as 127.0.0.1:8417, or none"))
	}
	if s.Jobs > 64 {
		faults = append(faults, about("serve.jobs", "must be 1 to 64"))
	}
	if s.Sweep != 0 && s.Sweep < time.Minute {
		faults = append(faults, about("serve.sweep", "must be 1m or more"))
	}
	faults = append(faults, s.secret().validateOnce("serve")...)
	if secret := s.Webhook.Reveal(); secret != "" && len(secret) < 16 {
		faults = append(faults, about("serve.webhook_secret", "must have 16 characters or more"))
	}
	return faults
}

// validateStore does not quote the store: a password may stand in it.
func validateStore(store string) []fault {
	const must = "must be sqlite: and a file, as sqlite:refine.db, or postgres:// and an address"
	if file, is := strings.CutPrefix(store, sqlitePrefix); is {
		if file == "" || strings.ContainsAny(file, "?#%") {
			return []fault{about("store", "%s; the file's name has none of ? # %%", must)}
		}
		return nil
	}
	u, err := url.Parse(store)
	if err != nil || u.Host == "" && !u.Query().Has("host") || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return []fault{about("store", must)}
	}
	return nil
}

// anchored makes a store's file relative to the configuration.
func anchored(store Secret, dir string) Secret {
	file, is := strings.CutPrefix(store.Reveal(), sqlitePrefix)
	if !is || file == "" || filepath.IsAbs(file) {
		return store
	}
	return NewSecret(sqlitePrefix + filepath.Join(dir, file))
}
