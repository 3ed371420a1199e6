package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"refine/internal/sandbox"
)

// leakFile names the file in which a run that shows a secret says so: a script
// that expects a failure would take an exit code for its own.
const leakFile = "SCRIPT_LEAK_FILE"

// secrets are the credentials of the run, as they are and as a request carries
// them.
func secrets(getenv func(string) string) (all []string) {
	for _, name := range []string{"REFINE_JIRA_TOKEN", "REFINE_CONFLUENCE_TOKEN", "REFINE_MODEL_KEY"} {
		if secret := getenv(name); len(secret) > 8 { // a shorter one may be a word
			user := getenv(strings.TrimSuffix(name, "TOKEN") + "USER")
			all = append(all, secret, base64.StdEncoding.EncodeToString([]byte(user+":"+secret)))
		}
	}
	return all
}

// leaks reports the first secret in what was written.
func leaks(written []byte, secrets []string) (found string) {
	for _, s := range secrets {
		if bytes.Contains(written, []byte(s)) {
			return s
		}
	}
	return ""
}

// program is refine for every test that starts a process, at the hour that the test
// says it is.
func program() {
	file := os.Getenv(clockFile)
	if file != "" {
		clock = shifted(file)
	}
	if file != "" || os.Getenv(leakFile) != "" {
		guarded()
	}
	os.Exit(run())
}

// guarded is the program in every script, and as a daemon, with an eye on all that it
// prints. The sandbox prints how to reach it, which is not looked at.
func guarded() {
	var wg sync.WaitGroup
	stdout, outDone := tee(&wg, &os.Stdout)
	stderr, errDone := tee(&wg, &os.Stderr)
	code := run()
	outDone()
	errDone()
	wg.Wait()
	leaked := leaks(append(stdout.Bytes(), stderr.Bytes()...), secrets(os.Getenv))
	if leaked != "" && (len(os.Args) < 2 || os.Args[1] != "sandbox") {
		report := fmt.Sprintf("%q shows the secret %s", os.Args[1:], leaked)
		if err := os.WriteFile(os.Getenv(leakFile), []byte(report), 0o600); err != nil {
			code = 99
		}
	}
	os.Exit(code)
}

// tee lets a stream through and keeps a copy.
func tee(wg *sync.WaitGroup, stream **os.File) (kept *bytes.Buffer, done func() error) {
	kept = new(bytes.Buffer)
	reader, writer, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	to := *stream
	wg.Go(func() { io.Copy(io.MultiWriter(to, kept), reader) })
	*stream = writer
	return kept, writer.Close
}

// noneLeaked fails a script that showed a secret, or left one in a file, on a
// page or on a ticket (F4).
func noneLeaked(env *testscript.Env, s *sandbox.Sandbox) {
	if report, err := os.ReadFile(env.Getenv(leakFile)); err == nil {
		env.T().Fatal(string(report))
	}
	if s == nil {
		return
	}
	all := secrets(func(name string) string {
		return map[string]string{"REFINE_JIRA_TOKEN": s.Site.Token, "REFINE_JIRA_USER": s.Site.User}[name]
	})
	var written bytes.Buffer
	for _, p := range s.Confluence.Pages() {
		fmt.Fprintf(&written, "%+v %s\n", p, p.Properties)
	}
	for _, key := range s.Jira.Keys() {
		fmt.Fprintf(&written, "%+v %+v\n", s.Jira.Comments(key), s.Jira.RemoteLinks(key))
	}
	if leaked := leaks(written.Bytes(), all); leaked != "" {
		env.T().Fatal("a page or a ticket shows the secret " + leaked)
	}
	err := filepath.WalkDir(env.WorkDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if leaked := leaks(content, all); leaked != "" {
			return fmt.Errorf("%s holds the secret %s", d.Name(), leaked)
		}
		return err
	})
	if err != nil {
		env.T().Fatal(err)
	}
}
