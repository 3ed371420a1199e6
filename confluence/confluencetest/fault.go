package confluencetest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// A fault is a refusal in the service's words. The methods of [Server] return
// it too, where a person would be refused.
type fault struct {
	status  int
	message string
}

func (f *fault) Error() string { return fmt.Sprintf("confluence: %d: %s", f.status, f.message) }

func refuse(status int, format string, args ...any) error {
	return &fault{status, fmt.Sprintf(format, args...)}
}

// notFound is also the answer to those who may not know that it exists.
func notFound(what, id string) error {
	return refuse(http.StatusNotFound, "No %s found with id: %s", what, id)
}

func asFault(err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	return &fault{http.StatusInternalServerError, err.Error()}
}

// shape is the body of the refusal as the API that was asked writes it.
func (f *fault) shape(path string) any {
	switch {
	case strings.HasPrefix(path, "/wiki/api/v2/"):
		return object{"errors": []object{{
			"status": f.status, "code": f.code(), "title": f.message, "detail": nil,
		}}}
	case strings.HasPrefix(path, "/wiki/"):
		return f.v1("com.atlassian.confluence.api.service.exceptions." + f.exception() + ": " + f.message)
	default:
		return f.v1(f.message)
	}
}

func (f *fault) v1(message string) object {
	return object{
		"statusCode": f.status,
		"data": object{
			"authorized": f.status != http.StatusForbidden,
			"valid":      f.status != http.StatusBadRequest,
			"errors":     []any{},
			"successful": false,
		},
		"message": message,
		"reason":  http.StatusText(f.status),
	}
}

func (f *fault) code() string {
	switch f.status {
	case http.StatusBadRequest:
		return "INVALID_REQUEST_PARAMETER"
	default:
		return strings.ToUpper(strings.ReplaceAll(http.StatusText(f.status), " ", "_"))
	}
}

// exception is the Java class that Cloud's v1 puts before a message.
func (f *fault) exception() string {
	switch f.status {
	case http.StatusNotFound:
		return "NotFoundException"
	case http.StatusForbidden:
		return "PermissionException"
	case http.StatusConflict:
		return "ConflictException"
	default:
		return "BadRequestException"
	}
}
