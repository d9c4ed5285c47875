package main

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// pageSize is how many items are asked for at a time; the server gives at most 1,000.
const pageSize = 200

// A page is a part of a list.
type page struct {
	Items []jsontext.Value `json:"items"`
	Next  string           `json:"next"`
}

// pages reads a list page by page, the next one only when it is wanted, up to most items in all;
// 0 is all there are. The last page's Next tells where to go on when most cut the list short.
func (c *client) pages(ctx context.Context, q question, most int) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		query, left := cloned(q.query), most
		for {
			size := pageSize
			if most > 0 {
				size = min(size, left)
			}
			query.Set("limit", strconv.Itoa(size))
			q.query = query
			var p page
			if _, err := c.read(ctx, q, &p); err != nil {
				yield(page{}, err)
				return
			}
			if err := p.follows(query.Get("after"), size); err != nil {
				yield(page{}, fmt.Errorf("read %s: %w", q.name(), err))
				return
			}
			left -= len(p.Items)
			if !yield(p, nil) || p.Next == "" || most > 0 && left <= 0 {
				return
			}
			query.Set("after", p.Next)
		}
	}
}

// follows refuses pages that would make a client turn in circles.
func (p *page) follows(after string, size int) error {
	switch {
	case len(p.Items) > size:
		return fmt.Errorf("%w: the page has %d items instead of %d", errForeign, len(p.Items), size)
	case p.Next != "" && p.Next == after:
		return fmt.Errorf("%w: the page after %.40q is followed by itself", errForeign, after)
	}
	return nil
}

func cloned(query url.Values) url.Values {
	if query == nil {
		return url.Values{}
	}
	return maps.Clone(query)
}

// list prints a list in the form asked for: each item as it came, or all pages as one document of
// the API's shape, whose next stands where --limit cut the list.
func (p *program) list(ctx context.Context, q question, most int, table func(item jsontext.Value) error) error {
	switch p.settings.output {
	case asJSON:
		return p.wholeList(ctx, q, most)
	case asLines:
		table = func(item jsontext.Value) error { return p.raw(item) }
	}
	for page, err := range p.client.pages(ctx, q, most) {
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := table(item); err != nil {
				return err
			}
		}
	}
	return nil
}

// wholeList prints nothing before it has everything, so that no half document is taken for a whole
// one. It writes the items by hand: an encoder could spell their strings otherwise.
func (p *program) wholeList(ctx context.Context, q question, most int) error {
	text, between, next := []byte(`{"items":[`), "", ""
	for page, err := range p.client.pages(ctx, q, most) {
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			text = append(append(text, between...), item...)
			between = ","
		}
		next = page.Next
	}
	text = append(text, ']')
	if next != "" {
		quoted, err := jsontext.AppendQuote(nil, next)
		if err != nil {
			return err
		}
		text = append(append(text, `,"next":`...), quoted...)
	}
	return p.raw(append(text, '}'))
}
