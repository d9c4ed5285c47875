package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gorilla/mux"
)

// A handler answers one call. An error it returns is rendered as a problem, which only works
// before it has written anything: see fail.
type handler func(s *Server, w http.ResponseWriter, c *call) error

// A route is one line of the contract.
type route struct {
	method string
	path   string   // mux template
	name   string   // operationId in openapi.yaml; label in logs and metrics
	action string   // what policies.cedar governs it by; public needs no sign-in
	query  []string // the parameters it takes; any other is refused
	handle handler
}

// The actions that are not commands. A command's action is its name in commands.go.
const (
	public   = ""         // nobody has to be signed in
	browse   = "browse"   // the same, and the parameters are for the script of the page
	signedIn = "signedIn" // anybody signed in; the handler shows what the caller's reach covers
	readCase = "readCase" // the case of the path must be readable: call.history is set
	attach   = "attach"   // storing evidence
)

// What reads in time take, and what feeds take.
var (
	timeQuery = []string{"as_of", "axis", "min_seq"}
	feedQuery = []string{"type", "actor", "from", "to", "after", "limit", "as_of", "min_seq"}
)

// routes is every route but those of the commands inside a case, which follow from the command
// table (commands.go), so that posting alone and posting in a batch cannot differ.
func routes() []route {
	const (
		get  = http.MethodGet
		post = http.MethodPost
	)
	return append(append(commandRoutes(), registryRoutes()...), []route{
		{post, "/v1/cases", openCase.name, signedIn, commandQuery, (*Server).postCase},
		{get, "/v1/grants", "listGrants", signedIn, []string{"min_seq"}, (*Server).listGrants},
		{post, "/v1/grants", makeGrant.name, signedIn, commandQuery, (*Server).postGrant},
		{post, "/v1/grants/{grant}/revocation", revokeGrant.name, signedIn, commandQuery, (*Server).postGrantRevocation},
		{post, "/v1/cases/{case}/batch", "postBatch", signedIn, commandQuery, (*Server).postBatch},
		{post, "/v1/attachments", "postAttachment", attach, nil, (*Server).postAttachment},
		{get, "/v1/attachments/{sha256}", "getAttachment", signedIn, []string{"case", "min_seq"}, (*Server).getAttachment},
		{post, "/v1/cases/{case}/audits/{audit}/score/what-if", "askWhatIf", readCase, nil, (*Server).askWhatIf},
		{get, "/v1/policies", "getPolicies", signedIn, nil, (*Server).getPolicies},

		{get, "/v1/cases", "listCases", signedIn, []string{"q", "state", "grade", "scheme", "member", "as_of", "after", "limit", "min_seq"}, (*Server).listCases},
		{get, "/v1/cases/{case}", "getCase", readCase, timeQuery, (*Server).getCase},
		{get, "/v1/cases/{case}/audits/{audit}", "getAudit", readCase, timeQuery, (*Server).getAudit},
		{get, "/v1/cases/{case}/audits/{audit}/score", "getScore", readCase, append([]string{"detail"}, timeQuery...), (*Server).getScore},
		{get, "/v1/cases/{case}/audits/{audit}/score/timeline", "getTimeline", readCase, timeQuery, (*Server).getTimeline},
		{get, "/v1/cases/{case}/audits/{audit}/score/compare", "compareScores", readCase, []string{"a", "b", "min_seq"}, (*Server).compareScores},
		{get, "/v1/cases/{case}/events", "getCaseEvents", readCase, feedQuery, (*Server).getEvents},
		{get, "/v1/cases/{case}/checks", "getCaseChecks", readCase, []string{"as_of", "min_seq"}, (*Server).getCaseChecks},
		{get, "/v1/events", "getEvents", signedIn, feedQuery, (*Server).getEvents},
		{get, "/v1/events/{seq}", "getEvent", signedIn, []string{"min_seq"}, (*Server).getEvent},
		{get, "/v1/checks", "listChecks", signedIn, []string{"as_of", "after", "limit", "min_seq"}, (*Server).listChecks},
		{get, "/v1/changes", "listChanges", signedIn, []string{"type", "actor", "from", "to", "after", "limit", "min_seq"}, (*Server).listChanges},
		{get, "/v1/register", "getRegister", signedIn, []string{"as_of", "axis", "after", "limit", "min_seq"}, (*Server).getRegister},
		{get, "/v1/analytics", "getAnalytics", signedIn, []string{"as_of", "scheme", "from", "to", "csv", "min_seq"}, (*Server).getAnalytics},
		{get, "/v1/schemes", "listSchemes", signedIn, []string{"min_seq"}, (*Server).listSchemes},
		{get, "/v1/schemes/{id}", "getScheme", signedIn, []string{"version", "min_seq"}, (*Server).getScheme},

		{post, "/v1/accreditation-reviews", openAccreditation.name, signedIn, commandQuery, (*Server).postAccreditation},
		{post, "/v1/imports", importClients.name, signedIn, []string{"dry_run"}, (*Server).postImport},
		{get, "/v1/document-kinds", "listDocumentKinds", signedIn, nil, (*Server).listDocumentKinds},
		{get, "/v1/findings", "listFindings", signedIn, []string{"stage", "category", "severity", "clause", "case", "member", "as_of", "after", "limit", "min_seq"}, (*Server).listFindings},
		{get, "/v1/work", "listWork", signedIn, []string{"as_of", "after", "limit", "min_seq"}, (*Server).listWork},
		{get, "/v1/calendar", "getCalendar", signedIn, []string{"as_of", "from", "to", "case", "after", "limit", "min_seq"}, (*Server).getCalendar},
		{get, "/v1/cases/{case}/audits/{audit}/comparison", "getComparison", readCase, append([]string{"with"}, timeQuery...), (*Server).getComparison},

		{get, "/log/checkpoint", "getCheckpoint", public, nil, (*Server).getCheckpoint},
		{get, "/log/checkpoints/{size}", "getCheckpointAt", public, nil, (*Server).getCheckpointAt},
		{get, "/log/tile/{tile}", "getTile", public, nil, (*Server).getTile},
		{get, "/log/policy", "getPolicy", public, nil, (*Server).getPolicy},
		{get, "/log/keys", "getKeys", public, nil, (*Server).getKeys},
		{get, "/v1/events/{seq}/proof", "getProof", signedIn, []string{"min_seq"}, (*Server).getProof},
		{get, "/v1/cases/{case}/bundle", "getBundle", readCase, []string{"profile", "since", "min_seq"}, (*Server).getBundle},
		{get, "/v1/integrity", "getIntegrity", signedIn, nil, (*Server).getIntegrity},
		{post, "/v1/session", "postSession", public, nil, (*Server).postSession},
		{get, "/v1/session", "getSession", signedIn, nil, (*Server).getSession},
		{http.MethodDelete, "/v1/session", "deleteSession", public, nil, (*Server).deleteSession},

		{get, "/openapi.yaml", "getDescription", public, nil, (*Server).getDescription},
		{get, "/docs", "getDocs", public, nil, (*Server).getDocs},
	}...)
}

// tilePath is the one variable of a path that holds slashes, which a description cannot say.
const tilePath = "{tile:.+}"

// router matches paths with mux and methods by table: mux itself answers a wrong method without
// the Allow header that the contract promises.
func (s *Server) router() http.Handler {
	router := mux.NewRouter().SkipClean(true)
	router.NotFoundHandler = s.entry(&route{name: "unknown", action: browse, handle: (*Server).elsewhere})
	for _, on := range byPath(routes()) {
		path := strings.Replace(on[0].path, "{tile}", tilePath, 1)
		router.NewRoute().MatcherFunc(alike(path)).Path(path).Handler(s.methods(on))
	}
	return router
}

// alike tells at a glance whether a request may be for a path: mux tries the expression of each path in turn, which
// for the last of a hundred takes as long as all else that a command costs.
func alike(path string) mux.MatcherFunc {
	segments, end := strings.Count(path, "/"), path[strings.LastIndexByte(path, '/'):]
	if strings.Contains(path, tilePath) {
		return func(*http.Request, *mux.RouteMatch) bool { return true }
	}
	if strings.Contains(end, "{") {
		end = ""
	}
	return func(r *http.Request, _ *mux.RouteMatch) bool {
		return strings.HasSuffix(r.URL.Path, end) && strings.Count(r.URL.Path, "/") == segments
	}
}

// byPath groups the routes that share a path, in the order of the table: mux tries them in turn.
func byPath(list []route) [][]route {
	var groups [][]route
	place := map[string]int{}
	for _, r := range list {
		at, known := place[r.path]
		if !known {
			at = len(groups)
			place[r.path], groups = at, append(groups, nil)
		}
		groups[at] = append(groups[at], r)
	}
	return groups
}

// methods hands a request to the route of its method. HEAD is GET whose body net/http drops.
func (s *Server) methods(on []route) http.Handler {
	handlers := map[string]http.Handler{}
	for _, r := range on {
		handlers[r.method] = s.entry(&r)
	}
	refused := s.entry(&route{name: "unknown", handle: wrongMethod(allowed(on))})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == http.MethodHead {
			method = http.MethodGet
		}
		if h, ok := handlers[method]; ok {
			h.ServeHTTP(w, r)
			return
		}
		refused.ServeHTTP(w, r)
	})
}

func allowed(on []route) string {
	var list []string
	for _, r := range on {
		list = append(list, r.method)
		if r.method == http.MethodGet {
			list = append(list, http.MethodHead)
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func wrongMethod(allow string) handler {
	return func(_ *Server, w http.ResponseWriter, _ *call) error {
		w.Header().Set("Allow", allow)
		return refuse(http.StatusMethodNotAllowed, "method-not-allowed", "allow", allow)
	}
}
