// Command refine is a worker between Jira and Confluence for product refinement
// sessions. Arguments, one configuration file and the environment come in;
// results go to stdout, everything else to stderr, and the exit code says how
// it went. The commands only parse, call and print: what a run does is in
// package worker.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // team zones, on machines that have none
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	outliveReaders()
	collectLate()
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	a.cache, _ = os.UserCacheDir() // none will do
	return a.execute(ctx, os.Args[1:])
}

// collectLate puts the first garbage collection off until there are some 30 MB, which most
// runs never reach; at 4 MB they would collect six times, while people wait. From then
// on it goes as it always does. What is dropped to learn of the collection holds a pointer,
// since the smallest objects without share a block that may live on.
func collectLate() {
	usual := debug.SetGCPercent(800)
	runtime.AddCleanup(&struct{ *int }{}, func(percent int) { debug.SetGCPercent(percent) }, usual)
}
