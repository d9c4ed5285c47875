package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"starledger/events"
)

const eventsExample = `  ledgerctl events                                          # the whole ledger you may read
  ledgerctl events --case 01JD3Z0000000000000000000C --output jsonl
  ledgerctl events --type deduction.applied --actor li --from 2026-11-01 --to 2026-11-30
  ledgerctl events --follow --after 4710                    # new events as they are stored; Ctrl-C ends
  ledgerctl events --follow --output jsonl >> copy.ndjson   # resumes by itself after a lost connection`

// feedFilter is what part of the ledger is wanted.
type feedFilter struct {
	caseID, kind, actor, from, to string
	after                         uint64
}

func (p *program) eventsCommand() *cobra.Command {
	var filter feedFilter
	var follow bool
	cmd := &cobra.Command{
		Use: "events", Short: "print events as they are stored, or follow new ones",
		Long: `Print events in the order of the ledger, as they are stored, or follow new ones.

Each event is hashed again and compared with the digest the server gives. Following resumes after a
lost connection without loss or repetition, and ends with Ctrl-C.`,
		Example: eventsExample, Args: cobra.NoArgs,
		RunE: p.asking(func(ctx context.Context, _ []string) error {
			q, err := filter.question()
			switch {
			case err != nil:
				return err
			case follow && p.settings.output == asJSON:
				return usage("a feed without an end is no JSON document: follow it with --output jsonl")
			case follow:
				return p.follow(ctx, q, filter.after)
			case p.settings.output == asJSON:
				return p.wholeList(ctx, q, 0)
			}
			return p.feed(ctx, q)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&filter.caseID, "case", "", "only this case")
	f.StringVar(&filter.kind, "type", "", "only this type, such as deduction.applied")
	f.StringVar(&filter.actor, "actor", "", "only what this actor posted")
	f.StringVar(&filter.from, "from", "", "recorded at or after this time, or on or after this date")
	f.StringVar(&filter.to, "to", "", "recorded at or before this time, or on or before this date")
	f.Uint64Var(&filter.after, "after", 0, "only what stands after this sequence")
	f.BoolVar(&follow, "follow", false, "go on with new events until Ctrl-C")
	for name, complete := range map[string]cobra.CompletionFunc{
		"case": p.completeCase, "type": cobra.FixedCompletions(shortTypes(), cobra.ShellCompDirectiveNoFileComp),
	} {
		if err := cmd.RegisterFlagCompletionFunc(name, complete); err != nil {
			panic(err) // the flag is defined above
		}
	}
	return cmd
}

func (f *feedFilter) question() (question, error) {
	q := question{path: []string{"v1", "events"}, query: url.Values{}}
	if f.caseID != "" {
		id, err := caseArgument(f.caseID)
		if err != nil {
			return question{}, err
		}
		q.path = []string{"v1", "cases", id, "events"}
	}
	set(q.query, "type", fullType(f.kind))
	set(q.query, "actor", f.actor)
	set(q.query, "from", f.from)
	set(q.query, "to", f.to)
	if f.after > 0 {
		q.query.Set("after", strconv.FormatUint(f.after, 10))
	}
	return q, nil
}

const typePrefix = "starledger."

// fullType lets people write deduction.applied for starledger.deduction.applied.v1.
func fullType(kind string) string {
	if kind == "" || strings.HasPrefix(kind, typePrefix) {
		return kind
	}
	return typePrefix + kind + ".v1"
}

// shortType is how tables show a type.
func shortType(kind string) string {
	return strings.TrimSuffix(strings.TrimPrefix(kind, typePrefix), ".v1")
}

func shortTypes() []cobra.Completion {
	var types []cobra.Completion
	for _, payload := range events.Catalogue() {
		types = append(types, shortType(string(payload.EventType())))
	}
	return types
}

// feed prints everything there is now.
func (p *program) feed(ctx context.Context, q question) error {
	q.accept = mediaNDJSON
	answer, err := p.client.open(ctx, q, p.client.patience)
	if err != nil {
		return err
	}
	defer answer.Close()
	show := p.eventPrinter()
	last := uint64(0)
	for line, err := range lines(answer) {
		if err != nil {
			return fmt.Errorf("read %s: %w", q.name(), err)
		}
		item, err := itemOf(line)
		if err != nil {
			return err
		}
		if item.Seq <= last {
			return broken("sequence %d comes after %d", item.Seq, last)
		}
		last = item.Seq
		if err := show(item, line); err != nil {
			return err
		}
	}
	return nil
}

// eventPrinter prints items in the form asked for. line is the item as an NDJSON line.
func (p *program) eventPrinter() func(item *eventItem, line []byte) error {
	if p.settings.output == asLines {
		return func(_ *eventItem, line []byte) error { return p.raw(line) }
	}
	rows := listing{p.out, []int{8, 19, 26, 12, 26}}
	begun := false
	return func(item *eventItem, _ []byte) error {
		if !begun {
			begun = true
			if err := rows.add(phrasesIn(p.settings.language, headSeq, headTime, headCase, headActor, headType)...); err != nil {
				return err
			}
		}
		var head eventHead
		if err := json.Unmarshal(item.Event, &head); err != nil {
			return fmt.Errorf("sequence %d: %w: %w", item.Seq, errForeign, err)
		}
		return rows.add(strconv.FormatUint(item.Seq, 10), shanghai(head.Time), head.Subject, head.ActorID, shortType(head.Type))
	}
}

// eventHead is what a table shows of an event, whatever its type.
type eventHead struct {
	Time    events.Instant `json:"time"`
	Subject string         `json:"subject"`
	ActorID string         `json:"actorid"`
	Type    string         `json:"type"`
}

// lineOf writes a stored body as the NDJSON line the API would write.
func lineOf(seq uint64, body []byte) (*eventItem, []byte) {
	item := &eventItem{Seq: seq, Digest: events.DigestOf(body), Event: jsontext.Value(body)}
	return item, fmt.Appendf(nil, `{"seq":%d,"digest":"%s","event":%s}`, seq, item.Digest, body)
}
