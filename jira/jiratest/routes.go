package jiratest

import "strings"

// route lists all endpoints: those of both products, then what only one has.
func (s *Server) route() {
	s.sharedRoutes()
	if s.cloud {
		s.cloudRoutes()
		s.documentRoutes()
	} else {
		s.dataCenterRoutes()
	}
	// on a mux of their own: the other takes createmeta for an issue's key
	s.meta.Handle("GET "+createMeta+"{project}/issuetypes", s.handle(creatableTypes))
	s.meta.Handle("GET "+createMeta+"{project}/issuetypes/{type}", s.handle(creatableFields))
	s.pages.HandleFunc("GET /{$}", s.listPage)
	s.pages.HandleFunc("GET /browse/{issue}", s.issuePage)
}

const createMeta = "/rest/api/2/issue/createmeta/"

func (s *Server) sharedRoutes() {
	s.routes("/rest/api/2/", map[string]endpoint{
		"GET serverInfo":    serverInfo,
		"GET myself":        myself,
		"GET field":         listFieldsOf,
		"GET user":          getUser,
		"GET mypermissions": myPermissions,
		"GET project":       listProjects,
		"GET issuetype":     listTypes,
		"GET status":        listStatuses,
		"GET priority":      listPriorities,
		"GET resolution":    listResolutions,
		"GET issueLinkType": listLinkTypes,

		"GET project/{project}":          getProject,
		"POST issue":                     createIssue,
		"GET user/assignable/search":     assignableUsers,
		"GET issue/{issue}":              getIssue,
		"PUT issue/{issue}":              editIssue,
		"DELETE issue/{issue}":           deleteIssue,
		"GET issue/{issue}/editmeta":     editMeta,
		"GET issue/{issue}/transitions":  listTransitions,
		"POST issue/{issue}/transitions": doTransition,

		"GET issue/{issue}/comment":              listComments,
		"POST issue/{issue}/comment":             addComment,
		"GET issue/{issue}/comment/{comment}":    getComment,
		"PUT issue/{issue}/comment/{comment}":    editComment,
		"DELETE issue/{issue}/comment/{comment}": deleteComment,

		"GET issue/{issue}/properties":               listProperties(issueProperties),
		"GET issue/{issue}/properties/{property}":    getProperty(issueProperties),
		"PUT issue/{issue}/properties/{property}":    putProperty(issueProperties),
		"DELETE issue/{issue}/properties/{property}": deleteProperty(issueProperties),

		"GET comment/{comment}/properties":               listProperties(commentProperties),
		"GET comment/{comment}/properties/{property}":    getProperty(commentProperties),
		"PUT comment/{comment}/properties/{property}":    putProperty(commentProperties),
		"DELETE comment/{comment}/properties/{property}": deleteProperty(commentProperties),

		"GET issue/{issue}/remotelink":           listRemote,
		"POST issue/{issue}/remotelink":          upsertRemote,
		"DELETE issue/{issue}/remotelink":        deleteRemoteByGlobalID,
		"GET issue/{issue}/remotelink/{link}":    getRemote,
		"PUT issue/{issue}/remotelink/{link}":    putRemote,
		"DELETE issue/{issue}/remotelink/{link}": deleteRemote,

		"POST issueLink":          addIssueLink,
		"GET issueLink/{link}":    getIssueLink,
		"DELETE issueLink/{link}": deleteIssueLink,
	})
	s.routes("/rest/servicedeskapi/", map[string]endpoint{"GET request/{issue}/comment": requestComments})
	s.routes("/rest/agile/1.0/", map[string]endpoint{
		"GET epic/{epic}":                 getEpic,
		"GET epic/{epic}/issue":           epicIssues,
		"PUT issue/rank":                  rankIssues,
		"GET board":                       listBoards,
		"GET board/{board}/backlog":       boardBacklog,
		"GET board/{board}/configuration": boardConfiguration,
	})
}

func (s *Server) cloudRoutes() {
	s.routes("/rest/api/2/", map[string]endpoint{
		"POST issue/bulkfetch":          bulkFetch,
		"POST changelog/bulkfetch":      changesOfMany,
		"POST comment/list":             commentsByID,
		"GET search/jql":                searchByToken,
		"POST search/jql":               searchByToken,
		"POST search/approximate-count": approximateCount,
		"GET search":                    searchRemoved,
		"POST search":                   searchRemoved,
	})
}

// documentRoutes are those of version 3 that have documents in them.
func (s *Server) documentRoutes() {
	s.routes("/rest/api/3/", map[string]endpoint{
		"GET issue/{issue}": getDocuments,
		"PUT issue/{issue}": editDocuments,
	})
}

func (s *Server) dataCenterRoutes() {
	s.routes("/rest/api/2/", map[string]endpoint{
		"GET search":  searchByOffset,
		"POST search": searchByOffset,
	})
	s.routes("/rest/pat/latest/", map[string]endpoint{"GET tokens": listTokens})
	s.routes("/rest/agile/1.0/", map[string]endpoint{"POST epic/{epic}/issue": moveToEpic})
}

// routes registers endpoints by method and path below a prefix.
func (s *Server) routes(prefix string, endpoints map[string]endpoint) {
	for name, do := range endpoints {
		method, path, _ := strings.Cut(name, " ")
		s.api.Handle(method+" "+prefix+path, s.handle(do))
	}
}
