package serve

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const sqlitePrefix = "sqlite:"

// kind names a store without what is secret in its address.
func kind(store string) string {
	if strings.HasPrefix(store, sqlitePrefix) {
		return store
	}
	u, err := url.Parse(store)
	if err != nil {
		return "postgres"
	}
	return "postgres://" + u.Host + u.Path
}

// A StoreError says that a store is of no use as it is.
type StoreError struct {
	store string
	err   error
}

func (e *StoreError) Error() string { return fmt.Sprintf("the store %s: %v", e.store, e.err) }
func (e *StoreError) Unwrap() error { return e.err }

// Hint says what to try.
func (e *StoreError) Hint() string {
	return "give store a file in a folder that this account may write to; one that is damaged can be deleted, with its -wal and -shm: what was done stands in Jira and Confluence"
}

// queries are what a transaction does, on either database. Parameters are $1, $2…
type queries interface {
	exec(ctx context.Context, sql string, args ...any) (rows int64, err error)
	query(ctx context.Context, sql string, row func(scan func(...any) error) error, args ...any) error
}

// openStore opens the store and makes what it lacks.
func openStore(ctx context.Context, s *server) (store, engine, error) {
	if file, is := strings.CutPrefix(s.Store, sqlitePrefix); is {
		return openSQLite(ctx, s, file)
	}
	return openPostgres(ctx, s)
}

func openSQLite(ctx context.Context, s *server, file string) (store, engine, error) {
	// One connection: the file takes one writer at a time, and waiting for it is
	// cheaper here than in it. Immediate transactions do not fail when they first write.
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)")
	if err != nil {
		return store{}, nil, &StoreError{s.Store, err}
	}
	db.SetMaxOpenConns(1)
	st, en, err := bringUp(ctx, s, riversqlite.New(db), func(ctx context.Context) (transaction[*sql.Tx], error) {
		tx, err := db.BeginTx(ctx, nil)
		return transaction[*sql.Tx]{tx, sqliteTx{tx}, func(context.Context) error { return tx.Commit() }, func(context.Context) error { return tx.Rollback() }}, err
	})
	if err != nil {
		db.Close()
		return store{}, nil, sqliteFault(s.Store, err)
	}
	st.close = func() { db.Close() }
	return st, en, nil
}

// sqliteFault tells a file that will not do from one that another process holds, or
// whose disk has no room for it: of that, too, SQLite may say that it is an I/O error.
func sqliteFault(name string, err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return err
	}
	return &StoreError{name, err}
}

type sqliteTx struct{ tx *sql.Tx }

// numbered writes a statement's parameters as SQLite has them: ?1 for $1.
func numbered(sql string) string { return strings.ReplaceAll(sql, "$", "?") }

func (t sqliteTx) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, numbered(sql), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t sqliteTx) query(ctx context.Context, sql string, row func(func(...any) error) error, args ...any) error {
	rows, err := t.tx.QueryContext(ctx, numbered(sql), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func openPostgres(ctx context.Context, s *server) (store, engine, error) {
	config, err := pgxpool.ParseConfig(s.Store)
	if err != nil {
		return store{}, nil, &StoreError{kind(s.Store), errors.New("its address cannot be read")} // it may hold a password
	}
	config.ConnConfig.ConnectTimeout = 10 * time.Second
	config.MaxConns = max(config.MaxConns, int32(s.jobs())+4)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return store{}, nil, err
	}
	st, en, err := bringUp(ctx, s, riverpgxv5.New(pool), func(ctx context.Context) (transaction[pgx.Tx], error) {
		tx, err := pool.Begin(ctx)
		return transaction[pgx.Tx]{tx, postgresTx{tx}, func(ctx context.Context) error { return tx.Commit(ctx) }, func(ctx context.Context) error { return tx.Rollback(ctx) }}, err
	})
	if err != nil {
		pool.Close()
		return store{}, nil, err
	}
	st.close = pool.Close
	return st, en, nil
}

type postgresTx struct{ tx pgx.Tx }

func (t postgresTx) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	tag, err := t.tx.Exec(ctx, sql, args...)
	return tag.RowsAffected(), err
}

func (t postgresTx) query(ctx context.Context, sql string, row func(func(...any) error) error, args ...any) error {
	rows, err := t.tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
