package events

import (
	"strings"
	"sync/atomic"
)

// canonical is the function of that name for a body, and gives its data and what its type is. The attributes
// are written out: they are in every event, and finding them by reflection took half of the time of reading one.
func (a *Attributes) canonical(text []byte) (data []byte, of *catalogueEntry, ok bool) {
	c := cursor{rest: text}
	of, ok = c.attributes(a)
	if !ok || !c.skip(`,"data":`) || len(c.rest) < 2 || c.rest[len(c.rest)-1] != '}' {
		return nil, nil, false
	}
	// data ends the body; whether that is one JSON value shows when it is decoded.
	return c.rest[:len(c.rest)-1], of, true
}

func (c *cursor) attributes(a *Attributes) (of *catalogueEntry, ok bool) {
	var own ownTexts
	ok = c.skip(`{"specversion":"1.0","id":"`) && c.raw(isULID, &own.id) &&
		c.skip(`,"source":"`) && again(c, &origin, isSource, &a.Source) &&
		c.skip(`,"type":"`) && c.kind(&of) &&
		c.skip(`,"subject":"`) && word(c, &caseNames, &a.Subject) &&
		c.skip(`,"time":"`) && c.instant(&a.Time) &&
		c.skip(`,"datacontenttype":"application/json","dataschema":"`) && again(c, &of.schema, isDigest, &a.DataSchema) &&
		c.skip(`,"caseseq":`) && c.count(&a.CaseSeq) && a.CaseSeq != 0 &&
		c.skip(`,"prevdigest":"`) && c.raw(isPrevDigest, &own.previous) &&
		c.skip(`,"effectivetime":"`) && c.instant(&a.EffectiveTime) &&
		c.skip(`,"actorid":"`) && word(c, &ids, &a.ActorID) &&
		c.skip(`,"actorrole":"`) && word(c, &ids, &a.ActorRole) &&
		(!c.skip(`,"onbehalfof":"`) || copied(c, isText, &a.OnBehalfOf)) &&
		(!c.skip(`,"reason":"`) || copied(c, isText, &a.Reason)) &&
		(!c.skip(`,"note":"`) || copied(c, isText, &a.Note)) &&
		(!c.skip(`,"casesalt":"`) || copied(c, isRandom32, &a.CaseSalt)) &&
		(!c.skip(`,"idempotencykey":"`) || c.taken(isKey, &own.key)) &&
		(!c.skip(`,"requestdigest":"`) || c.raw(isDigest, &own.request)) &&
		(!c.skip(`,"batchindex":`) || c.count(&a.BatchIndex)) &&
		(!c.skip(`,"batchcount":`) || c.count(&a.BatchCount)) &&
		(!c.skip(`,"correlationid":"`) || word(c, &ids, &a.CorrelationID)) &&
		(!c.skip(`,"causationid":"`) || word(c, &ids, &a.CausationID)) &&
		c.skip(`,"nonce":"`) && c.raw(isRandom16, &own.nonce)
	if ok {
		a.SpecVersion, a.DataContentType, a.Type = "1.0", "application/json", of.zero.EventType()
		own.give(a)
	}
	return of, ok
}

// kind reads a type.
func (c *cursor) kind(of **catalogueEntry) bool {
	text, ok := c.standing()
	*of = catalogue[Type(text)]
	return ok && *of != nil
}

// origin is the source of the event that was read last: the events of a log have one.
var origin atomic.Pointer[Source]

// ownTexts are those that no other event has, still where they were read. They become one text, which is
// cheaper than one for each: whoever keeps one of them for long keeps all, some 300 bytes, and had better
// clone it.
type ownTexts struct{ id, previous, key, request, nonce []byte }

// give makes the texts of a.
func (o *ownTexts) give(a *Attributes) {
	var together strings.Builder
	together.Grow(len(o.id) + len(o.previous) + len(o.key) + len(o.request) + len(o.nonce))
	for _, text := range [...][]byte{o.id, o.previous, o.key, o.request, o.nonce} {
		together.Write(text)
	}
	rest := together.String()
	next := func(text []byte) (cut string) {
		cut, rest = rest[:len(text)], rest[len(text):]
		return cut
	}
	a.ID, a.PrevDigest = EventID(next(o.id)), PrevDigest(next(o.previous))
	a.IdempotencyKey, a.RequestDigest, a.Nonce = Key(next(o.key)), Digest(next(o.request)), Random16(next(o.nonce))
}
