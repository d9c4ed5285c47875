package api

import (
	"net/http"

	"starledger/events"
	"starledger/events/decide"
)

// The commands of the registry case: what the certification body settles for all cases.
var registryCommands = []struct {
	path string
	command
}{
	{"/v1/approvals", command{"", "recordApproval", func(parts) decide.Command { return &decide.RecordApproval{} }}},
	{"/v1/approvals/{approval}/end", command{"", "endApproval", func(p parts) decide.Command { return &decide.EndApproval{Approval: p.label} }}},
	{"/v1/persons", command{"", "recordPerson", func(parts) decide.Command { return &decide.RecordPerson{} }}},
	{"/v1/qualifications", command{"", "recordQualification", func(parts) decide.Command { return &decide.RecordQualification{} }}},
	{"/v1/qualifications/{qualification}/end", command{"", "endQualification", func(p parts) decide.Command { return &decide.EndQualification{Qualification: p.label} }}},
	{"/v1/parameters", command{"", "setParameter", func(parts) decide.Command { return &decide.SetParameter{} }}},
}

// registerScheme reads its body in a way of its own: see postScheme.
var registerScheme = command{"", "registerScheme", func(parts) decide.Command { return &decide.RegisterScheme{} }}

// registryRoutes are the routes of the registry: its commands, and what they have settled.
func registryRoutes() []route {
	const get = http.MethodGet
	list := []route{
		{http.MethodPost, "/v1/schemes", registerScheme.name, signedIn, commandQuery, (*Server).postScheme},
		{get, "/v1/schemes/{id}/diff", "compareSchemes", signedIn, []string{"a", "b", "min_seq"}, (*Server).compareSchemes},
		{get, "/v1/cases/{case}/audits/{audit}/sheet", "compareSheets", readCase, append([]string{"other", "other_audit"}, timeQuery...), (*Server).compareSheets},
		{get, "/v1/approvals", "listApprovals", signedIn, []string{"min_seq"}, (*Server).listApprovals},
		{get, "/v1/persons", "listPersons", signedIn, []string{"min_seq"}, (*Server).listPersons},
		{get, "/v1/qualifications", "listQualifications", signedIn, []string{"min_seq"}, (*Server).listQualifications},
		{get, "/v1/parameters", "listParameters", signedIn, []string{"as_of", "min_seq"}, (*Server).listParameters},
	}
	for _, each := range registryCommands {
		list = append(list, route{
			http.MethodPost, each.path, each.name, signedIn, commandQuery,
			func(s *Server, w http.ResponseWriter, c *call) error {
				return s.post(w, c, events.Registry, each.command)
			},
		})
	}
	return list
}
