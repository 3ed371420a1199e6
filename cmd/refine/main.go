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
	"syscall"
	_ "time/tzdata" // team zones, on machines that have none
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	outliveReaders()
	return newApp(os.Stdin, os.Stdout, os.Stderr).execute(ctx, os.Args[1:])
}
