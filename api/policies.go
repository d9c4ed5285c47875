package api

import (
	"net/http"
	"strings"

	"github.com/cedar-policy/cedar-go"
)

// policyItem is one policy for people: what it says in both languages, and its text.
type policyItem struct {
	ID      string   `json:"id"`
	Actions []string `json:"actions"`
	ZH      string   `json:"zh"`
	EN      string   `json:"en"`
	Text    string   `json:"text"`
}

// getPolicies shows the policies in force: the document as it stands, or as a list for programs
// that ask for JSON.
func (s *Server) getPolicies(w http.ResponseWriter, c *call) error {
	if !strings.Contains(c.Header.Get("Accept"), "json") {
		return writeBytes(w, http.StatusOK, "text/plain; charset=utf-8", policyText)
	}
	return writeJSON(w, http.StatusOK, struct {
		Items []policyItem `json:"items"`
	}{s.policyItems})
}

func itemsOf(text []byte) ([]policyItem, error) {
	list, err := cedar.NewPolicyListFromBytes("policies.cedar", text)
	if err != nil {
		return nil, err
	}
	items := make([]policyItem, len(list))
	for i, policy := range list {
		actions, err := governs(policy)
		if err != nil {
			return nil, err
		}
		notes := policy.Annotations()
		items[i] = policyItem{
			ID: string(policyID(policy)), Actions: actions,
			ZH: string(notes["zh"]), EN: string(notes["en"]), Text: string(policy.MarshalCedar()),
		}
	}
	return items, nil
}
