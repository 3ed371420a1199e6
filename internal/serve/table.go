package serve

import (
	"context"
	"time"
)

// insert adds a job within the transaction that decided on it.
type insert func(ctx context.Context, args workArgs) error

// A store keeps what is to be done and what became of it. The table is the truth of
// what is known to be due: a thing is in it once, however often it is found, and a
// job is added in the transaction that adds or renews its row.
type store struct {
	within func(ctx context.Context, do func(queries, insert) error) error
	close  func()
}

// What there is to do.
const (
	publishing = "publish" // a session's page, of a team and a day
	syncing    = "sync"    // a session that is over, of a team and a day
	sweeping   = "sweep"   // a team's finished sessions, for what was typed later
	watching   = "watch"   // the pages of all sessions that are not over, for the box that ends one
	hinted     = "hint"    // a page of which somebody says that it was saved
)

// What may become of it.
const (
	queued   = "queued"
	running  = "running"
	done     = "done"
	retrying = "retrying" // failed, and the engine tries again
	failed   = "failed"   // in part or for good; looked at again when it is due
	missed   = "missed"   // too late to be of use
)

// A row is one thing to do.
type row struct {
	what, team, occurrence string
	start, ends            int64 // of the session, Unix seconds; 0 where there is none
	state                  string
	due                    int64 // when it is, or was, to be done
	round                  int
	attempts               int
	tried, finished        int64
	page, says, hint       string
}

func (r row) args() workArgs { return workArgs{r.what, r.team, r.occurrence, r.round} }

var tables = []string{`
CREATE TABLE IF NOT EXISTS refine_work (
	what TEXT NOT NULL, team TEXT NOT NULL, occurrence TEXT NOT NULL,
	start BIGINT NOT NULL, ends BIGINT NOT NULL,
	state TEXT NOT NULL, due BIGINT NOT NULL, round INTEGER NOT NULL, attempts INTEGER NOT NULL,
	tried BIGINT NOT NULL, finished BIGINT NOT NULL,
	page TEXT NOT NULL, says TEXT NOT NULL, hint TEXT NOT NULL,
	UNIQUE (what, team, occurrence)
)`, `
CREATE TABLE IF NOT EXISTS refine_tick (id INTEGER PRIMARY KEY, at BIGINT NOT NULL)`}

func (s store) prepare(ctx context.Context) error {
	return s.within(ctx, func(q queries, _ insert) error {
		for _, table := range tables {
			if _, err := q.exec(ctx, table); err != nil {
				return err
			}
		}
		return nil
	})
}

const columns = "what, team, occurrence, start, ends, state, due, round, attempts, tried, finished, page, says, hint"

func (r *row) scan(scan func(...any) error) error {
	return scan(&r.what, &r.team, &r.occurrence, &r.start, &r.ends, &r.state, &r.due, &r.round, &r.attempts, &r.tried, &r.finished,
		&r.page, &r.says, &r.hint)
}

// rows reads what there is.
func (s store) rows(ctx context.Context) (rows []row, err error) {
	err = s.within(ctx, func(q queries, _ insert) error {
		return q.query(ctx, "SELECT "+columns+" FROM refine_work", func(scan func(...any) error) error {
			var r row
			err := r.scan(scan)
			rows = append(rows, r)
			return err
		})
	})
	return rows, err
}

// lastTick is when somebody last looked for what is due, in Unix seconds; 0 is never.
func (s store) lastTick(ctx context.Context) (at int64, err error) {
	err = s.within(ctx, func(q queries, _ insert) error {
		return q.query(ctx, "SELECT at FROM refine_tick WHERE id = 1", func(scan func(...any) error) error { return scan(&at) })
	})
	return at, err
}

// probe writes something, and gives the last tick.
func (s store) probe(ctx context.Context, now int64) (tick int64, err error) {
	err = s.within(ctx, func(q queries, _ insert) error {
		_, err := q.exec(ctx, `INSERT INTO refine_tick (id, at) VALUES (2, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at`, now)
		return err
	})
	if err != nil {
		return 0, err
	}
	return s.lastTick(ctx)
}

// keep writes what a tick found: rows that are new, and those that are to be done
// again. Of two replicas that found the same one writes it.
func (s store) keep(ctx context.Context, at int64, fresh, again []row) error {
	return s.within(ctx, func(q queries, add insert) error {
		if _, err := q.exec(ctx, `INSERT INTO refine_tick (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at`, at); err != nil {
			return err
		}
		if err := enter(ctx, q, add, fresh); err != nil {
			return err
		}
		for _, r := range again {
			if err := renew(ctx, q, add, r); err != nil {
				return err
			}
		}
		_, err := q.exec(ctx, `DELETE FROM refine_work WHERE what <> $1 AND due < $2 AND state IN ('done', 'missed', 'failed')`, sweeping, at-int64(kept/time.Second))
		return err
	})
}

// add queues rows that are not there yet.
func (s store) add(ctx context.Context, fresh []row) error {
	return s.within(ctx, func(q queries, add insert) error { return enter(ctx, q, add, fresh) })
}

// enter writes rows that are new, and queues those that are to be done.
func enter(ctx context.Context, q queries, add insert, fresh []row) error {
	for _, r := range fresh {
		n, err := q.exec(ctx, `INSERT INTO refine_work (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, '', $10, '')
			ON CONFLICT (what, team, occurrence) DO NOTHING`, r.what, r.team, r.occurrence, r.start, r.ends, r.state, r.due, r.round, r.finished, r.says)
		if err != nil {
			return err
		}
		if n == 1 && r.state == queued {
			if err := add(ctx, r.args()); err != nil {
				return err
			}
		}
	}
	return nil
}

// kept is how long the store remembers what was done.
const kept = 60 * 24 * time.Hour

// renew queues a row again, unless somebody was faster.
func renew(ctx context.Context, q queries, add insert, r row) error {
	r.round++
	n, err := q.exec(ctx, `UPDATE refine_work SET state = $1, round = $2, attempts = 0, due = $3, start = $4, ends = $5
		WHERE what = $6 AND team = $7 AND occurrence = $8 AND state IN ('done', 'running', 'failed', 'missed') AND round = $9`,
		queued, r.round, r.due, r.start, r.ends, r.what, r.team, r.occurrence, r.round-1)
	if err != nil || n == 0 {
		return err
	}
	return add(ctx, r.args())
}

// begin notes that a job is being worked on and gives its row; false if the row
// knows nothing of that round any more.
func (s store) begin(ctx context.Context, a workArgs, now int64) (r row, known bool, err error) {
	err = s.within(ctx, func(q queries, _ insert) error {
		return q.query(ctx, `UPDATE refine_work SET state = $1, attempts = attempts + 1, tried = $2
			WHERE what = $3 AND team = $4 AND occurrence = $5 AND round = $6 AND state IN ('queued', 'running', 'retrying') RETURNING `+columns,
			func(scan func(...any) error) error {
				known = true
				return r.scan(scan)
			}, running, now, a.What, a.Team, a.Occurrence, a.Round)
	})
	return r, known, err
}

// end notes what became of a job, unless it was queued anew meanwhile.
func (s store) end(ctx context.Context, r row) error {
	return s.within(ctx, func(q queries, _ insert) error {
		_, err := q.exec(ctx, `UPDATE refine_work SET state = $1, due = $2, finished = $3, page = $4, says = $5, hint = $6
			WHERE what = $7 AND team = $8 AND occurrence = $9 AND round = $10`,
			r.state, r.due, r.finished, r.page, r.says, r.hint, r.what, r.team, r.occurrence, r.round)
		return err
	})
}

// note queues a look at a page. Hints that come before it begins are one.
func (s store) note(ctx context.Context, page string, now int64) error {
	return s.within(ctx, func(q queries, add insert) error {
		r := row{what: hinted, occurrence: page, due: now}
		n, err := q.exec(ctx, `INSERT INTO refine_work (`+columns+`) VALUES ($1, '', $2, 0, 0, $3, $4, 0, 0, 0, 0, '', '', '')
			ON CONFLICT (what, team, occurrence) DO NOTHING`, r.what, r.occurrence, queued, r.due)
		if err != nil {
			return err
		}
		if n == 1 {
			return add(ctx, r.args())
		}
		err = q.query(ctx, `SELECT round FROM refine_work WHERE what = $1 AND team = '' AND occurrence = $2`,
			func(scan func(...any) error) error { return scan(&r.round) }, r.what, r.occurrence)
		if err != nil {
			return err
		}
		return renew(ctx, q, add, r)
	})
}
