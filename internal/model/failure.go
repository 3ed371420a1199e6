package model

import (
	"context"
	"errors"
	"io"
	"net"
	"time"
)

// A failure is a request without an answer that could be read. Its words go
// onto the page: they hold nothing of the server's or the ticket's, and no
// address.
type failure struct {
	reason  string        // "it did not answer in time"
	hint    string        // what to try
	again   bool          // another request may do
	after   time.Duration // that the server asked to wait
	absent  bool          // the server has nothing at that address
	settled bool          // the model has seen the tickets and does not want to
}

func (f *failure) Error() string { return f.reason }

// asFailure makes a failure of whatever kept an answer from being read.
func asFailure(err error) *failure {
	f, ok := errors.AsType[*failure](err)
	if !ok {
		return unreadable()
	}
	return f
}

// unreadable is an answer in JSON that is none of the API's.
func unreadable() *failure {
	return &failure{reason: "its answer could not be read", hint: "check that model.provider fits what listens at model.base_url"}
}

// unsent is a request that did not bring an answer back.
func unsent(err error) *failure {
	timeout, ok := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded), ok && timeout.Timeout():
		return &failure{reason: "it did not answer in time", hint: "raise model.timeout, or run again later"}
	case errors.Is(err, context.Canceled):
		return &failure{reason: "the request was cancelled"}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &failure{reason: "the connection was cut", hint: "run again later", again: true}
	}
	return &failure{reason: "it could not be reached", hint: "check model.base_url, the network, and the http settings", again: true}
}
