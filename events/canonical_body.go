package events

import "encoding"

// canonical is the function of that name for a body, and gives its data. The attributes are written out:
// they are in every event, and finding them by reflection took half of the time of reading one.
func (a *Attributes) canonical(text []byte) (data []byte, ok bool) {
	c := cursor{rest: text}
	ok = c.attributes(a) && c.skip(`,"data":`) && len(c.rest) >= 2 && c.rest[len(c.rest)-1] == '}'
	if !ok {
		return nil, false
	}
	// data ends the body; whether that is one JSON value shows when it is decoded.
	return c.rest[:len(c.rest)-1], true
}

func (c *cursor) attributes(a *Attributes) bool {
	var own ownTexts
	ok := c.skip(`{"specversion":"1.0"`) &&
		c.taken(`,"id":`, isULID, &own.id) &&
		c.member(`,"source":`, &a.Source) &&
		c.member(`,"type":`, &a.Type) &&
		c.member(`,"subject":`, &a.Subject) &&
		c.member(`,"time":`, &a.Time) && a.Time != 0 &&
		c.skip(`,"datacontenttype":"application/json"`) &&
		c.schema(a) &&
		c.counted(`,"caseseq":`, &a.CaseSeq) && a.CaseSeq != 0 &&
		c.taken(`,"prevdigest":`, isPrevDigest, &own.previous) &&
		c.member(`,"effectivetime":`, &a.EffectiveTime) && a.EffectiveTime != 0 &&
		c.member(`,"actorid":`, &a.ActorID) &&
		c.member(`,"actorrole":`, &a.ActorRole) &&
		c.optional(`,"onbehalfof":`, &a.OnBehalfOf) &&
		c.optional(`,"reason":`, &a.Reason) &&
		c.optional(`,"note":`, &a.Note) &&
		c.optional(`,"casesalt":`, &a.CaseSalt) &&
		c.takenIf(`,"idempotencykey":`, isKey, &own.key) &&
		c.takenIf(`,"requestdigest":`, isDigest, &own.request) &&
		c.counted(`,"batchindex":`, &a.BatchIndex) &&
		c.counted(`,"batchcount":`, &a.BatchCount) &&
		c.optional(`,"correlationid":`, &a.CorrelationID) &&
		c.optional(`,"causationid":`, &a.CausationID) &&
		c.taken(`,"nonce":`, isRandom16, &own.nonce)
	if ok {
		a.SpecVersion, a.DataContentType = "1.0", "application/json"
		own.give(a)
	}
	return ok
}

// schema reads the digest of the schema, of which there are as many as there are types.
func (c *cursor) schema(a *Attributes) bool {
	var digest []byte
	if !c.taken(`,"dataschema":`, isDigest, &digest) {
		return false
	}
	a.DataSchema = Digest(words.one(digest))
	return true
}

// ownTexts are those that no other event has, still where they were read. They become one text, which is
// cheaper than one for each: whoever keeps one of them for long keeps all, some 300 bytes, and had better
// clone it.
type ownTexts struct{ id, previous, key, request, nonce []byte }

// give makes the texts of a.
func (o *ownTexts) give(a *Attributes) {
	var room [512]byte
	together := room[:0]
	for _, text := range [...][]byte{o.id, o.previous, o.key, o.request, o.nonce} {
		together = append(together, text...)
	}
	rest := string(together)
	next := func(text []byte) (cut string) {
		cut, rest = rest[:len(text)], rest[len(text):]
		return cut
	}
	a.ID, a.PrevDigest = EventID(next(o.id)), PrevDigest(next(o.previous))
	a.IdempotencyKey, a.RequestDigest, a.Nonce = Key(next(o.key)), Digest(next(o.request)), Random16(next(o.nonce))
}

// taken reads a member that has to be next, and leaves its text where it stands.
func (c *cursor) taken(lead string, fits func([]byte) bool, target *[]byte) bool {
	if !c.skip(lead) {
		return false
	}
	text, ok := c.text()
	*target = text
	return ok && fits(text)
}

// takenIf reads such a member if it is next.
func (c *cursor) takenIf(lead string, fits func([]byte) bool, target *[]byte) bool {
	return !c.at(lead) || c.taken(lead, fits, target)
}

// member reads a member that has to be next, behind what leads to its value.
func (c *cursor) member(lead string, target encoding.TextUnmarshaler) bool {
	if !c.skip(lead) {
		return false
	}
	text, ok := c.text()
	return ok && target.UnmarshalText(text) == nil
}

// optional reads a member if it is next.
func (c *cursor) optional(lead string, target encoding.TextUnmarshaler) bool {
	return !c.at(lead) || c.member(lead, target)
}

// counted reads a count if it is next.
func (c *cursor) counted(lead string, target *uint64) (ok bool) {
	if !c.skip(lead) {
		return true
	}
	*target, ok = c.count()
	return ok
}
