package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"starledger/events"
)

const replayExample = `  ledgerctl replay 01JD3Z0000000000000000000C
  ledgerctl replay 01JD3Z0000000000000000000C --audit 2 --lang zh
  ledgerctl replay 01JD3Z0000000000000000000C --output jsonl | jq -r .sentence`

func (p *program) replayCommand() *cobra.Command {
	var audit uint64
	cmd := &cobra.Command{
		Use: "replay CASE", Short: "tell the history of a case in sentences, with the score after each entry",
		Long: `Tell the history of a case in sentences, one an event, with the score after each entry.

Every event is hashed again and the chain of the case is followed from its first event; what does
not fit ends with exit code 3.`,
		Example: replayExample, Args: oneCase, ValidArgsFunction: p.completeCase,
		RunE: p.asking(func(ctx context.Context, args []string) error {
			id, err := caseArgument(args[0])
			if err != nil {
				return err
			}
			return p.replay(ctx, id, audit)
		}),
	}
	cmd.Flags().Uint64Var(&audit, "audit", 0, "only this audit, and what belongs to none (default all)")
	return cmd
}

func (p *program) replay(ctx context.Context, id string, audit uint64) error {
	list, c, err := p.client.history(ctx, id)
	if err != nil {
		return err
	}
	if audit != 0 && c.Audit(audit) == nil {
		return fmt.Errorf("case %s has no audit %d", id, audit)
	}
	scores, err := p.client.scores(ctx, c)
	if err != nil {
		return err
	}
	entries := p.entries(list, scores, audit)
	switch p.settings.output {
	case asJSON:
		return p.encode(struct {
			Items []entry `json:"items"`
		}{entries})
	case asLines:
		for _, e := range entries {
			if err := p.encode(e); err != nil {
				return err
			}
		}
		return nil
	}
	return p.tell(c, entries)
}

var (
	replayHead = phrase{
		"认证项目 %s · %s · %d 条记录，链完整\n时间为北京时间。条款评价完之前，等级为暂定。",
		"Case %s · %s · %d events, unbroken chain\nTimes in Asia/Shanghai. Until every clause is assessed, grades are what they would be.",
	}
	happened = phrase{"（发生于 %s）", " (happened %s)"}
)

func (p *program) tell(c *events.Case, entries []entry) error {
	if err := p.line(p.say(replayHead), c.ID, plain(string(c.Organization.Name)), c.Head.CaseSeq); err != nil {
		return err
	}
	for _, e := range entries {
		head := fmt.Sprintf("#%-6d %s  %s (%s)", e.Seq, shanghai(e.RecordedAt), e.Actor, e.Role)
		if e.Score != nil {
			head = pad(head, scoreColumn) + gap + p.scoreWord(*e.Score)
		}
		text := plain(e.Sentence)
		if early := e.RecordedAt.Time().Sub(e.EffectiveAt.Time()); early >= lateEntry {
			text += fmt.Sprintf(p.say(happened), shanghai(e.EffectiveAt))
		}
		if err := p.line("%s\n        %s", head, text); err != nil {
			return err
		}
	}
	return nil
}

const (
	scoreColumn = 60          // where the score stands beside an entry
	lateEntry   = time.Minute // from this on it is worth saying when it happened
)

func (p *program) scoreWord(s entryScore) string {
	text := s.Final
	if s.Delta != "" {
		text += " (" + s.Delta + ")"
	}
	if s.Grade != "" {
		text += " " + p.gradeWord(s.Grade)
	}
	return text
}
