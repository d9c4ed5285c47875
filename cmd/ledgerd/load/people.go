package load

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// A Person signs in with a token. It is one entry of the service's tokens file.
type Person struct {
	Token        string   `json:"token"`
	Actor        string   `json:"actor"`
	Name         string   `json:"name"`
	Organization string   `json:"organization"`
	Roles        []string `json:"roles"`
}

// People are who works: the case officer opens, the lead and the auditors audit, quality reads.
type People struct {
	Officer, Lead, Quality Person
	Auditors               []Person
}

// ReadPeople finds who is needed in the text of a tokens file.
func ReadPeople(text []byte) (People, error) {
	var all []Person
	if err := json.Unmarshal(text, &all); err != nil {
		return People{}, fmt.Errorf("read who may sign in: %w", err)
	}
	var p People
	for _, one := range all {
		switch {
		case p.Officer.Token == "" && slices.Contains(one.Roles, "case_officer"):
			p.Officer = one
		case p.Lead.Token == "" && slices.Contains(one.Roles, "lead_auditor"):
			p.Lead = one
		case p.Quality.Token == "" && slices.Contains(one.Roles, "quality"):
			p.Quality = one
		case slices.Contains(one.Roles, "auditor"):
			p.Auditors = append(p.Auditors, one)
		}
	}
	if p.Officer.Token == "" || p.Lead.Token == "" || p.Quality.Token == "" || len(p.Auditors) == 0 {
		return p, errors.New("a run needs a case_officer, a lead_auditor, an auditor and somebody of quality, four people at least")
	}
	return p, nil
}

const auditors = 8

// MakePeople makes the tokens file of a service that is only there for a run.
func MakePeople() []byte {
	person := func(actor, role string) Person {
		return Person{Token: rand.Text(), Actor: actor, Name: actor, Organization: "load", Roles: []string{role}}
	}
	all := []Person{person("officer", "case_officer"), person("lead", "lead_auditor"), person("quality", "quality")}
	for i := range auditors {
		all = append(all, person(fmt.Sprintf("auditor%d", i), "auditor"))
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings can be written as JSON
	}
	return text
}
