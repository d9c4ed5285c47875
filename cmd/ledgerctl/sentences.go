package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"starledger/events"
)

// A sentence says what events of one type say. It is written without its subject, which stands
// before it: who posted the event. The case is as it stands after the event, so that a sentence
// can name what a number stands for.
type sentence struct {
	of   events.Type
	tell func(events.Payload, *events.Case) phrase
}

// tells makes the sentence of the payloads of type P.
func tells[P events.Payload](tell func(P, *events.Case) phrase) sentence {
	var zero P
	return sentence{zero.EventType(), func(d events.Payload, c *events.Case) phrase { return tell(d.(P), c) }}
}

// sentences has one sentence for every event type there is; a test holds it to the catalogue.
var sentences = byType(caseSentences, auditSentences, findingSentences, scoreSentences, outcomeSentences, registrySentences, programmeSentences)

func byType(lists ...[]sentence) map[events.Type]sentence {
	all := map[events.Type]sentence{}
	for _, s := range slices.Concat(lists...) {
		all[s.of] = s
	}
	return all
}

// sentenceOf is what an event says, with its reason and note.
func sentenceOf(e *events.Stored, c *events.Case) phrase {
	text := sentences[e.Type].tell(e.Data, c)
	text = phrase{strings.TrimRight(text.zh, "。"), strings.TrimRight(text.en, ".。")} // may end with what a person wrote
	if e.Reason != "" {
		text = text.plus(saying("。理由：%s", ". Reason: %s", e.Reason))
	}
	if e.Note != "" {
		text = text.plus(saying("。备注：%s", ". Note: %s", e.Note))
	}
	if e.OnBehalfOf != "" {
		text = text.plus(saying("（代表%s）", " (on behalf of %s)", e.OnBehalfOf))
	}
	return text
}

// saying fills both wordings with the same arguments; a phrase among them is said in the language
// of the wording.
func saying(zh, en string, args ...any) phrase {
	return phrase{fmt.Sprintf(zh, spoken(chinese, args)...), fmt.Sprintf(en, spoken(english, args)...)}
}

func spoken(l language, args []any) []any {
	words := slices.Clone(args)
	for i, arg := range words {
		if p, ok := arg.(phrase); ok {
			words[i] = p.in(l)
		}
	}
	return words
}

func (p phrase) plus(more phrase) phrase { return phrase{p.zh + more.zh, p.en + more.en} }

// where adds more only if something is so.
func (p phrase) where(so bool, zh, en string, args ...any) phrase {
	if !so {
		return p
	}
	return p.plus(saying(zh, en, args...))
}

// listed joins what is said about each of many.
func listed[T any](many []T, say func(T) phrase) phrase {
	var all phrase
	for i, one := range many {
		if i > 0 {
			all = all.plus(phrase{"、", ", "})
		}
		all = all.plus(say(one))
	}
	return all
}

// same is a word that is the same in both languages: an id, a number, what a person wrote.
func same[T ~string](word T) phrase { return phrase{string(word), string(word)} }

// named says the name of a value; one that has none is shown as it is.
func named[T ~string](names map[T]phrase, value T) phrase {
	if name, ok := names[value]; ok {
		return name
	}
	return same(value)
}

// gradeNames are the grades as payloads hold them.
var gradeNames = func() map[events.ID]phrase {
	names := map[events.ID]phrase{}
	for id, name := range maps.All(grades) {
		names[events.ID(id)] = name
	}
	return names
}()
