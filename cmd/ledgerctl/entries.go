package main

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// An entry is one event of a replay. Score is that of its audit after it, absent before the first.
type entry struct {
	Seq         uint64         `json:"seq"`
	CaseSeq     uint64         `json:"case_seq"`
	RecordedAt  events.Instant `json:"recorded_at"`
	EffectiveAt events.Instant `json:"effective_at"`
	Actor       events.ID      `json:"actor"`
	Role        events.ID      `json:"role"`
	Type        events.Type    `json:"type"`
	Audit       uint64         `json:"audit,omitzero"`
	Sentence    string         `json:"sentence"`
	Score       *entryScore    `json:"score,omitzero"`
}

// entryScore is a score after an entry; Delta is what the entry itself did, absent when nothing.
type entryScore struct {
	Final string `json:"final"`
	Delta string `json:"delta,omitzero"`
	Grade string `json:"grade,omitzero"`
}

func (p *program) entries(list []told, scores map[uint64]timelineItem, audit uint64) []entry {
	var entries []entry
	standing := map[uint64]*entryScore{} // by audit
	for _, t := range list {
		of := auditOf(t.Body)
		if item, touched := scores[t.Seq]; touched {
			standing[of] = &entryScore{Final: item.Final.Value(), Grade: item.Grade}
		}
		if audit != 0 && of != 0 && of != audit {
			continue
		}
		e := entry{
			Seq: t.Seq, CaseSeq: t.CaseSeq, RecordedAt: t.Time, EffectiveAt: t.EffectiveTime,
			Actor: t.ActorID, Role: t.ActorRole, Type: t.Type, Audit: of, Sentence: t.sentence.in(p.settings.language),
		}
		if now := standing[of]; now != nil {
			after := *now
			if delta := scores[t.Seq].Delta.Value(); delta != "0" {
				after.Delta = signed(delta)
			}
			e.Score = &after
		}
		entries = append(entries, e)
	}
	return entries
}

// auditOf is the audit an event belongs to, 0 for none. Payloads that belong to one say so in the
// same member.
func auditOf(body []byte) uint64 {
	var event struct {
		Data struct {
			Audit uint64 `json:"audit"`
		} `json:"data"`
	}
	if json.Unmarshal(body, &event) != nil {
		return 0
	}
	return event.Data.Audit
}

func signed(delta string) string {
	if rest, negative := strings.CutPrefix(delta, "-"); negative {
		return "−" + rest
	}
	return "+" + delta
}

// scores reads the timelines of all audits of the case, by sequence. A timeline whose deltas do not
// lead from one score to the next contradicts itself.
func (c *client) scores(ctx context.Context, of *events.Case) (map[uint64]timelineItem, error) {
	bySeq := map[uint64]timelineItem{}
	for i := range of.Audits {
		number := strconv.FormatUint(of.Audits[i].Number, 10)
		q := question{
			path:  []string{"v1", "cases", string(of.ID), "audits", number, "score", "timeline"},
			query: url.Values{"min_seq": {strconv.FormatUint(of.Head.Seq, 10)}},
		}
		var t timeline
		if _, err := c.read(ctx, q, &t); err != nil {
			return nil, err
		}
		for i, item := range t.Items {
			if i > 0 && t.Items[i-1].Final.Add(item.Delta).Cmp(item.Final) != 0 {
				return nil, broken("the score of audit %s after sequence %d is not the one before it and the change", number, item.Seq)
			}
			bySeq[item.Seq] = item
		}
	}
	return bySeq, nil
}
