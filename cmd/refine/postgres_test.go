package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A postgres is a database of the test's own, which can be stopped and started.
type postgres struct {
	bin, dir string
	as       *syscall.Credential
	cmd      *exec.Cmd
}

// newPostgres starts one, and skips the test where none is installed.
func newPostgres(t *testing.T) *postgres {
	t.Helper()
	p := &postgres{bin: programs(t)}
	dir, err := os.MkdirTemp("", "pg") // a socket's path has to be short
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	p.dir = dir
	if os.Getuid() == 0 { // which Postgres refuses to run as
		p.as = account(t)
		require.NoError(t, os.Chown(dir, int(p.as.Uid), int(p.as.Gid)))
	}
	out, err := p.command("initdb", "-D", filepath.Join(dir, "data"), "-U", "refine", "-A", "trust", "-N", "--locale=C", "-E", "UTF8").CombinedOutput()
	require.NoError(t, err, string(out))
	p.start(t)
	t.Cleanup(func() { p.stop(t) })
	return p
}

// programs is the folder that Postgres is in.
func programs(t *testing.T) string {
	t.Helper()
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path)
		require.NoError(t, err)
		return filepath.Dir(path)
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	require.NoError(t, err)
	if len(found) == 0 {
		t.Skip("no Postgres is installed")
	}
	return filepath.Dir(found[len(found)-1])
}

func account(t *testing.T) *syscall.Credential {
	t.Helper()
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.Atoi(u.Uid)
		require.NoError(t, err)
		gid, err := strconv.Atoi(u.Gid)
		require.NoError(t, err)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	t.Skip("no account to run Postgres as")
	return nil
}

func (p *postgres) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = p.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	return cmd
}

func (p *postgres) start(t *testing.T) {
	t.Helper()
	p.cmd = p.command("postgres", "-D", filepath.Join(p.dir, "data"), "-k", p.dir, "-c", "listen_addresses=", "-c", "fsync=off")
	require.NoError(t, p.cmd.Start())
	require.Eventually(t, func() bool {
		return p.command("pg_isready", "-h", p.dir, "-U", "refine", "-d", "postgres").Run() == nil
	}, time.Minute, 100*time.Millisecond)
}

// stop ends it at once, connections and all.
func (p *postgres) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGQUIT))
	p.cmd.Wait() // how it ended is no matter
}

func (p *postgres) url() string { return fmt.Sprintf("postgres://refine@/postgres?host=%s", p.dir) }
