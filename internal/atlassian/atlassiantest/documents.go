package atlassiantest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// options refuse every deviation; who may call is the fake's own business.
var options = &openapi3filter.Options{
	AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
	IncludeResponseStatus: true,
	MultiError:            true,
	SkipSettingDefaults:   true,
}

func init() {
	// Without it a multipart upload of text cannot be decoded at all.
	openapi3filter.RegisterBodyDecoder("text/plain", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("image/png", openapi3filter.FileBodyDecoder)
}

// loaded keeps a once-function per document: tests run side by side and a
// document takes some 50 ms to load.
var loaded sync.Map

// load returns the routes of a document, nil if the documents are not here.
func load(spec string) (routers.Router, error) {
	once, _ := loaded.LoadOrStore(spec, sync.OnceValues(func() (routers.Router, error) {
		return read(spec)
	}))
	return once.(func() (routers.Router, error))()
}

func read(spec string) (routers.Router, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(root, "..", "shared", "specs")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join(dir, spec))
	if err != nil {
		return nil, err
	}
	repair(doc)
	complete(doc)
	if err := doc.Validate(context.Background(), openapi3.DisableExamplesValidation()); err != nil {
		return nil, fmt.Errorf("the document itself is not valid: %w", err)
	}
	return gorillamux.NewRouter(doc)
}

// repair corrects what a document says and no service does.
func repair(doc *openapi3.T) {
	if form := doc.Components.Schemas["MockAttachmentRequest"]; form != nil {
		form.Value.Properties["minorEdit"].Value.Type = &openapi3.Types{"string"} // a form holds text
	}
	for path, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			if empty := operation.Responses.Value("204"); empty != nil {
				empty.Value.Content = nil // the status says that there is no body
			}
			ofNames(operation.Parameters)
		}
		if item.Get != nil && item.Get.Responses.Value("200") == nil && item.Get.Responses.Value("201") != nil {
			item.Get.Responses.Set("200", item.Get.Responses.Value("201")) // nothing is made by reading
		}
		if slices.Contains(lists, path) && item.Get != nil {
			orList(item.Get.Responses.Value("200").Value.Content.Get("application/json"))
		}
	}
}

// complete adds to Cloud's document the operation that it points at, as the way
// to all changes of many issues, and that the copy here leaves out. What comes
// back is the document's own changelog, but for the time of a change: here the
// service writes it in milliseconds.
func complete(doc *openapi3.T) {
	const path = "/rest/api/2/changelog/bulkfetch"
	change := doc.Components.Schemas["Changelog"]
	if change == nil || doc.Paths.Value("/rest/api/2/issue/bulkfetch") == nil || doc.Paths.Value(path) != nil {
		return
	}
	entry := *change.Value
	entry.Properties = maps.Clone(entry.Properties)
	entry.Properties["created"] = openapi3.NewInt64Schema().NewRef()
	names := func(least, most int64) *openapi3.Schema {
		return openapi3.NewArraySchema().WithItems(openapi3.NewStringSchema()).WithMinItems(least).WithMaxItems(most)
	}
	in := openapi3.NewObjectSchema().WithoutAdditionalProperties().WithRequired([]string{"issueIdsOrKeys"}).
		WithProperty("issueIdsOrKeys", names(1, 1000)).WithProperty("fieldIds", names(0, 10)).
		WithProperty("maxResults", openapi3.NewIntegerSchema().WithMin(1).WithMax(10_000)).
		WithProperty("nextPageToken", openapi3.NewStringSchema())
	ofIssue := openapi3.NewObjectSchema().WithoutAdditionalProperties().
		WithProperty("issueId", openapi3.NewStringSchema()).WithProperty("changeHistories", openapi3.NewArraySchema().WithItems(&entry))
	out := openapi3.NewObjectSchema().WithoutAdditionalProperties().
		WithProperty("issueChangeLogs", openapi3.NewArraySchema().WithItems(ofIssue)).WithProperty("nextPageToken", openapi3.NewStringSchema())
	doc.AddOperation(path, http.MethodPost, &openapi3.Operation{
		OperationID: "getBulkChangelogs",
		RequestBody: &openapi3.RequestBodyRef{Value: openapi3.NewRequestBody().WithRequired(true).WithJSONSchema(in)},
		Responses: openapi3.NewResponses(
			openapi3.WithStatus(http.StatusOK, &openapi3.ResponseRef{Value: openapi3.NewResponse().WithDescription("The changes.").WithJSONSchema(out)}),
			openapi3.WithStatus(http.StatusBadRequest, &openapi3.ResponseRef{Value: openapi3.NewResponse().WithDescription("The request is not valid.")}),
		),
	})
}

// ofNames corrects lists in the query of which Cloud's agile document says that
// they hold objects, such as fields: no address can.
func ofNames(parameters openapi3.Parameters) {
	for _, p := range parameters {
		if p.Value.In != openapi3.ParameterInQuery || p.Value.Schema == nil || p.Value.Schema.Value.Items == nil {
			continue
		}
		if p.Value.Schema.Value.Items.Value.Type.Is(openapi3.TypeObject) {
			p.Value.Schema.Value.Items = openapi3.NewStringSchema().NewRef()
		}
	}
}

// lists are the answers of which the Data Center's document gives the type of
// one element only.
var lists = []string{
	"/rest/api/2/field",
	"/rest/api/2/issue/{issueIdOrKey}/remotelink",
	"/rest/api/2/issuetype",
	"/rest/api/2/priority",
	"/rest/api/2/project",
	"/rest/api/2/resolution",
	"/rest/api/2/status",
	"/rest/api/2/user/assignable/search",
}

// orList allows a list of what is described beside the thing itself.
func orList(answer *openapi3.MediaType) {
	if !answer.Schema.Value.Type.Is(openapi3.TypeObject) {
		return // this document knows
	}
	list := openapi3.NewArraySchema()
	list.Items = answer.Schema
	either := openapi3.NewAnyOfSchema()
	either.AnyOf = openapi3.SchemaRefs{{Value: list}, answer.Schema}
	answer.Schema = &openapi3.SchemaRef{Value: either}
}

// moduleRoot walks up from the package under test to its go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod above the working directory")
		}
		dir = parent
	}
}
