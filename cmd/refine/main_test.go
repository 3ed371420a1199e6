package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox"
)

// moreAtOnce plays more tests at once than there are processors: most of them wait
// for a process or a service that is slow on purpose.
type moreAtOnce struct{ *testing.M }

func (m *moreAtOnce) Run() int {
	flag.Parse()
	if at := flag.Lookup("test.parallel"); at.Value.String() == at.DefValue {
		flag.Set("test.parallel", "8")
	}
	debug.SetGCPercent(400)       // a sandbox is gone after its case: collecting it is a tenth of the work
	debug.SetMemoryLimit(3 << 30) // of which every case of the tables would take more
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(&moreAtOnce{m}, map[string]func(){"refine": program})
}

// TestScripts runs the program as people do. Beside testscript's own commands
// the scripts have:
//
//	exits CODE COMMAND…          the command ends with that exit code
//	sandbox [FLAG…]              starts a sandbox, with the flags of refine sandbox, and
//	                             points the environment at it; the journal is journal.jsonl
//	request METHOD URL [BODY]    sends a request to it and prints the answer; jira: and
//	                             confluence: at the beginning stand for the two addresses
//	types, ticket, pages, obstacle, backlog  what people do and see, see hands_test.go
//	ticks KEY BOX                a person ticks one of that item's boxes
//	breaks                       a person overwrites the page's property
//	listens, heard COUNT TEXT    a program behind the address $HOOK, and how many messages
//	                             that it was sent say TEXT
//	model, counted               a language model, see model_test.go
//
// $YESTERDAY is the day of a session that is over.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			site := new(*sandbox.Sandbox)
			env.Values[boxKey{}] = site
			env.Values[listenerKey{}] = new(*listener)
			env.Setenv(leakFile, filepath.Join(env.WorkDir, "leak"))
			env.Defer(func() { noneLeaked(env, *site) })
			env.Setenv("YESTERDAY", time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    scriptExits,
			"sandbox":  scriptSandbox,
			"request":  scriptRequest,
			"types":    scriptTypes,
			"ticks":    scriptTicks,
			"breaks":   scriptBreaks,
			"listens":  scriptListens,
			"heard":    scriptHeard,
			"ticket":   scriptTicket,
			"pages":    scriptPages,
			"obstacle": scriptObstacle,
			"backlog":  scriptBacklog,
			"model":    scriptModel,
			"counted":  scriptCounted,
			"changes":  scriptChanges,
		},
	})
}

// boxKey finds a script's sandbox.
type boxKey struct{}

func box(ts *testscript.TestScript) **sandbox.Sandbox {
	return ts.Value(boxKey{}).(**sandbox.Sandbox)
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func scriptSandbox(ts *testscript.TestScript, neg bool, args []string) {
	var f sandboxFlags
	flags := new(cobra.Command).Flags()
	f.register(flags)
	ts.Check(flags.Parse(args))
	for i := range f.issues {
		f.issues[i] = ts.MkAbs(f.issues[i])
	}
	f.journal = ts.MkAbs("journal.jsonl")
	o, opened, err := f.options()
	ts.Check(err)
	s, err := sandbox.Start(o)
	ts.Check(err)
	*box(ts) = s
	ts.Defer(func() {
		ts.Check(s.Close())
		opened.close()
	})
	for name, value := range map[string]string{
		"JIRA_URL": s.Site.Jira, "JIRA_USER": s.Site.User, "JIRA_TOKEN": s.Site.Token,
		"CONFLUENCE_URL": s.Site.Confluence, "CONFLUENCE_SPACE": s.Site.Space,
	} {
		ts.Setenv("REFINE_"+name, value)
	}
	if s.Site.Gateway != "" {
		ts.Setenv("REFINE_HTTP_GATEWAY", s.Site.Gateway)
	}
}

// scriptChanges puts other words into a file, as somebody with an editor does.
func scriptChanges(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: changes FILE OLD NEW")
	}
	before := ts.ReadFile(args[0])
	if strings.Count(before, args[1]) != 1 {
		ts.Fatalf("%q stands %d times in %s", args[1], strings.Count(before, args[1]), args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(before, args[1], args[2], 1)), 0o600))
}

func scriptRequest(ts *testscript.TestScript, neg bool, args []string) {
	s := *box(ts)
	if s == nil || len(args) < 2 {
		ts.Fatalf("usage: sandbox, then request METHOD URL [BODY]")
	}
	url := strings.NewReplacer("jira:/", s.Site.Jira+"/", "confluence:/", s.Site.Confluence+"/").Replace(args[1])
	req, err := http.NewRequest(args[0], url, strings.NewReader(strings.Join(args[2:], " ")))
	ts.Check(err)
	req.SetBasicAuth(s.Site.User, s.Site.Token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil && neg {
		return
	}
	ts.Check(err)
	defer resp.Body.Close()
	_, err = io.Copy(ts.Stdout(), resp.Body)
	ts.Check(err)
	if neg != (resp.StatusCode >= 400) {
		ts.Fatalf("status %s", resp.Status)
	}
}

// The first line says where the services are, nothing follows it, and a signal
// is the way to end them.
func TestSandboxCommand(t *testing.T) {
	t.Parallel()
	journal := filepath.Join(t.TempDir(), "journal.jsonl")
	ctx, interrupt := context.WithCancel(t.Context())
	reader, stdout, err := os.Pipe()
	require.NoError(t, err)
	code := make(chan int, 1)
	go func() {
		defer stdout.Close()
		code <- newApp(os.Stdin, stdout, os.Stderr).execute(ctx, []string{"sandbox", "--deployment", "datacenter", "--journal", journal})
	}()

	var site sandbox.Site
	lines := bufio.NewReader(reader)
	line, err := lines.ReadBytes('\n')
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(line, &site))
	resp, err := http.Get(site.Jira + "/rest/api/2/serverInfo?x=1")
	require.NoError(t, err)
	resp.Body.Close()

	interrupt()
	assert.Equal(t, 0, <-code)
	rest, err := io.ReadAll(lines)
	require.NoError(t, err)
	assert.Empty(t, rest)
	written, err := os.ReadFile(journal)
	require.NoError(t, err)
	assert.Contains(t, string(written), `{"n":1,"method":"GET","path":"/rest/api/2/serverInfo","query":"x=1","status":`)
}
