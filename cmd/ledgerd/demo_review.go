package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// demoReview is an accreditation review of the body: the server lists the certifications of the period, and
// once a checkpoint covers the list a sample is drawn from it, as anybody can repeat.
func demoReview(s *story) {
	s.post("wu", "/v1/accreditation-reviews", fields{
		"organization": fields{"name": demoBody}, "scope": "售后服务认证，领域 03", "from": s.day(365), "until": s.day(0),
	})
	s.on("wu", "populations?wait=sealed", fields{"subject": "评审期间的认证项目"})
	s.on("wu", "populations/P1/draws", fields{"size": 2})
	drawn := s.drawn()
	for _, id := range drawn {
		s.on("wu", "views", fields{"case": id})
	}
	if len(drawn) > 0 {
		s.on("wu", "notes", fields{"about": drawn[0], "statement": "受理、评价和决定的记录可追溯到每一条依据"})
	}
}

// drawn are the cases that the draw answered last came to: items of the list that it was drawn from.
func (s *story) drawn() []string {
	var draw struct {
		Items []int `json:"items"`
	}
	var of struct {
		Review struct {
			Populations []struct {
				Digest string `json:"digest"`
			} `json:"populations"`
		} `json:"review"`
	}
	if s.err == nil {
		s.err = json.Unmarshal(s.said, &draw)
	}
	s.see("wu", s.path, func(text []byte) error { return json.Unmarshal(text, &of) })
	if s.err != nil || len(of.Review.Populations) == 0 {
		return nil
	}
	var ids []string
	s.see("wu", "/v1/attachments/"+of.Review.Populations[0].Digest+"?case="+s.caseID(), func(text []byte) error {
		lines := strings.Split(string(text), "\n")
		for _, item := range draw.Items {
			ids = append(ids, lines[item-1])
		}
		return nil
	})
	return ids
}

// see reads something as actor.
func (s *story) see(actor, path string, read func([]byte) error) {
	if s.err != nil {
		return
	}
	answer, got, err := s.ask(actor, http.MethodGet, path, http.Header{}, nil)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", answer.Status, got)
	}
	if err == nil {
		err = read(got)
	}
	if err != nil {
		s.err = fmt.Errorf("demo %s: read %s: %w", s.name, path, err)
	}
}
