// Command bench measures what the program's commands cost against the sandbox: how
// many requests, and how long beside the longest chain of requests that follow one
// another. In come the binaries to compare, the newest and its peers; out comes a
// table. It never looks into a binary: what it knows stands in the sandbox's journal.
//
//	go run ./internal/bench [-latency 50ms] [-items 48] [-teams 100] [-times 3] REFINE [PEER ...]
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"
)

func main() {
	var o options
	flag.DurationVar(&o.latency, "latency", 50*time.Millisecond, "of each request")
	flag.IntVar(&o.items, "items", 48, "flagged tickets of a session")
	flag.IntVar(&o.teams, "teams", 100, "teams that are due at once, 0 for none")
	flag.IntVar(&o.times, "times", 3, "how often each is measured; medians are printed")
	flag.Parse()
	if flag.NArg() == 0 || o.times < 1 || o.items < decided {
		fmt.Fprintf(os.Stderr, "usage: bench [flags] REFINE [PEER ...]; at least %d items, once\n", decided)
		os.Exit(2)
	}
	if err := run(o, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are what is measured.
type options struct {
	latency             time.Duration
	items, teams, times int
}

// run measures the binaries in turns, so that what else the machine does meets all
// of them, and prints the table.
func run(o options, binaries []string) error {
	work, err := os.MkdirTemp("", "refine-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	seen := map[row][]cost{}
	var rows []row
	for range o.times {
		for _, deployment := range []string{"cloud", "datacenter"} {
			for _, binary := range binaries {
				s := &session{options: o, binary: binary, deployment: deployment, work: work, told: func(what string, c cost) {
					r := row{deployment, what, binary}
					if _, known := seen[r]; !known {
						rows = append(rows, r)
					}
					seen[r] = append(seen[r], c)
				}}
				if err := s.measure(); err != nil {
					return fmt.Errorf("%s on %s: %w", binary, deployment, err)
				}
			}
		}
	}
	return show(rows, seen)
}

// A row is what is measured of which binary.
type row struct{ deployment, what, binary string }

// A cost is what a command took. The chain is the longest time of requests that
// followed one another, start what the binary needs to say its version.
type cost struct {
	requests           int
	wall, chain, start time.Duration
}

func show(rows []row, seen map[row][]cost) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "deployment\twhat\tbinary\trequests\twall\tstart-up\tchain\t(wall - start-up) / chain\t")
	for _, r := range rows {
		all := seen[r]
		of := func(part func(cost) time.Duration) time.Duration {
			var list []time.Duration
			for _, c := range all {
				list = append(list, part(c))
			}
			slices.Sort(list)
			return list[len(list)/2]
		}
		wall, chain, start := of(func(c cost) time.Duration { return c.wall }), of(func(c cost) time.Duration { return c.chain }), of(func(c cost) time.Duration { return c.start })
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%.2f s\t%.0f ms\t%.2f s\t%.2f\t\n", r.deployment, r.what, r.binary, all[0].requests,
			wall.Seconds(), start.Seconds()*1000, chain.Seconds(), (wall-start).Seconds()/chain.Seconds())
	}
	return w.Flush()
}
