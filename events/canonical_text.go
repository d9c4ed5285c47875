package events

import (
	"bytes"
	"sync/atomic"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// The functions here read a text from behind its opening quote, which ends what leads to it, to behind the
// closing one. fits is the grammar of its type.

// word reads a text that many events have.
func word[T ~string](c *cursor, of *wordNet, target *T) bool {
	before := *c
	if standing, ok := c.standing(); ok {
		if kept, ok := of.kept(standing); ok {
			*target = T(kept)
			return true
		}
	}
	*c = before
	text, ok := c.text()
	if !ok {
		return false
	}
	word, ok := of.word(text)
	*target = T(word)
	return ok
}

// copied reads a text that hardly another event has.
func copied[T ~string](c *cursor, fits func([]byte) bool, target *T) bool {
	text, ok := c.text()
	if !ok || !fits(text) {
		return false
	}
	*target = T(text)
	return true
}

// one reads one of few texts.
func one[T ~string](c *cursor, values []T, target *T) bool {
	text, ok := c.standing()
	return ok && chosen(target, text, values)
}

// taken reads a text and leaves it where it stands.
func (c *cursor) taken(fits func([]byte) bool, target *[]byte) (ok bool) {
	*target, ok = c.text()
	return ok && fits(*target)
}

// raw is taken for a grammar in which nothing has to be escaped.
func (c *cursor) raw(fits func([]byte) bool, target *[]byte) (ok bool) {
	*target, ok = c.standing()
	return ok && fits(*target)
}

// standing reads a text as it stands up to the next quote, which is right if nothing in it is escaped.
func (c *cursor) standing() ([]byte, bool) {
	end := bytes.IndexByte(c.rest, '"')
	if end < 0 {
		return nil, false
	}
	text := c.rest[:end]
	c.rest = c.rest[end+1:]
	return text, true
}

// again reads a text that is, most times, the one that was read last in the same place. One with an escape
// is not kept, since it does not stand there as it is; it is left to Strict.
func again[T ~string](c *cursor, last *atomic.Pointer[T], fits func([]byte) bool, target *T) bool {
	if known := last.Load(); known != nil {
		if after := *c; after.skip(string(*known)) && after.skip(`"`) {
			*c, *target = after, *known
			return true
		}
	}
	var text []byte
	if !c.raw(fits, &text) || bytes.IndexByte(text, '\\') >= 0 {
		return false
	}
	*target = T(text)
	now := *target
	last.Store(&now)
	return true
}

// instant reads a time other than 0, which counts as missing.
func (c *cursor) instant(target *Instant) (ok bool) {
	const size = len(instantLayout)
	if len(c.rest) <= size || c.rest[size] != '"' {
		return false
	}
	*target, ok = instantIn(c.rest[:size])
	c.rest = c.rest[size+1:]
	return ok && *target != 0
}

// text reads any text.
func (c *cursor) text() ([]byte, bool) {
	before := *c
	text, ok := c.standing()
	plain, ascii := look(text)
	if ok && !plain {
		*c = before
		return c.escaped()
	}
	return text, ok && (ascii || utf8.Valid(text))
}

// escaped reads a text with something that has to be escaped; the library knows escapes.
func (c *cursor) escaped() ([]byte, bool) {
	for i := 0; i < len(c.rest); i++ {
		switch c.rest[i] {
		case '\\':
			i++
		case '"':
			quoted := append(append([]byte{'"'}, c.rest[:i]...), '"')
			c.rest = c.rest[i+1:]
			text, err := jsontext.AppendUnquote(nil, quoted)
			return text, err == nil
		}
	}
	return nil, false
}
