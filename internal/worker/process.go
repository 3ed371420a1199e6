package worker

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"refine/confluence"
)

// begun tells two processes with one number apart, as containers have them.
var begun = time.Now().UTC().Format("15:04:05.000000")

// thisProcess is a lock that names this process.
func thisProcess() confluence.Lock {
	host, err := os.Hostname()
	return confluence.Lock{
		Holder:  fmt.Sprintf("%s, process %d", cmp.Or(host, "unknown host"), os.Getpid()),
		Machine: machine(host, err), PID: os.Getpid(), Begun: begun,
	}
}

// machine identifies the boot and the process namespace that this process is
// in. Host names do not: containers share them. Where the system does not tell,
// it is empty, and nobody takes us for dead.
var machine = func() func(string, error) string {
	boot, err1 := os.ReadFile("/proc/sys/kernel/random/boot_id")
	namespace, err2 := os.Readlink("/proc/self/ns/pid")
	return func(host string, err error) string {
		if errors.Join(err, err1, err2) != nil {
			return ""
		}
		sum := sha256.Sum256([]byte(host + string(boot) + namespace))
		return hex.EncodeToString(sum[:8])
	}
}()

// dead reports whether the holder was a process of this machine that is gone.
// Of other machines nothing is known; their holds run out.
func dead(lock confluence.Lock) bool {
	here := thisProcess()
	switch {
	case here.Machine == "" || lock.Machine != here.Machine || lock.PID <= 0:
		return false
	case lock.PID == here.PID:
		return lock.Begun != here.Begun
	}
	process, err := os.FindProcess(lock.PID)
	return err != nil || errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone) || zombie(lock.PID)
}

// zombie reports whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, found := strings.Cut(string(stat), ") ") // the name before may hold anything
	return found && strings.HasPrefix(after, "Z")
}
