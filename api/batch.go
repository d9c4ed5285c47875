package api

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxCommands is the largest batch.
const MaxCommands = 500

// commandBody is a command as a batch and a what-if name it: the path below the case, and what
// would be the body there.
type commandBody struct {
	Path string         `json:"path"`
	Body jsontext.Value `json:"body"`
}

// postBatch answers a sheet of commands: all of them are written, in order, or none.
func (s *Server) postBatch(w http.ResponseWriter, c *call) error {
	id, err := c.caseID()
	if err != nil {
		return err
	}
	p, body, err := s.posting(w, c, id)
	if err != nil {
		return err
	}
	p.batch = true
	p.entries, p.bad = batchOf(body)
	return s.answer(w, c, p)
}

func batchOf(body []byte) ([]entry, error) {
	var sheet struct {
		Commands []commandBody `json:"commands"`
	}
	if err := decode(body, &sheet, ""); err != nil {
		return nil, err
	}
	return entriesOf(sheet.Commands, "/commands")
}

// entriesOf decodes a list of commands that stands at a pointer of the body. A refusal names the
// command in index.
func entriesOf(list []commandBody, at string) ([]entry, error) {
	if len(list) > MaxCommands {
		return nil, malformed("too-many-commands", "most", strconv.Itoa(MaxCommands)).at(at)
	}
	entries := make([]entry, len(list))
	for i, one := range list {
		var err error
		if entries[i], err = decodeEntry(one, fmt.Sprintf("%s/%d", at, i)); err != nil {
			problem := problemOf(err)
			problem.Index = &i
			return nil, problem
		}
	}
	return entries, nil
}

func decodeEntry(one commandBody, at string) (e entry, err error) {
	if e.command, e.parts, err = commandAt(one.Path); err != nil {
		return e, problemOf(err).at(at + "/path")
	}
	e.cmd = e.blank(e.parts)
	return e, decode(one.Body, e.cmd, at+"/body")
}
