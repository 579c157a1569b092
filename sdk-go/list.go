package sdk

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Pagination says where a page stands in its list.
type Pagination struct {
	Limit   int  `json:"limit"`
	HasMore bool `json:"hasMore"`
	// NextCursor is nil at the end, and only there: a page before it may hold fewer items than Limit, even none.
	NextCursor *string `json:"nextCursor"`
	// Total is there when the list was asked to count.
	Total *int `json:"total,omitempty"`
	// TotalIsExact is false when there are at least Total.
	TotalIsExact *bool `json:"totalIsExact,omitempty"`
}

// Page is a part of a list.
type Page[T any] struct {
	Data       []T        `json:"data"`
	Pagination Pagination `json:"pagination"`
}

// List is a list that is read page by page as it is gone through:
//
//	list := client.Customers.List(ctx, &sdk.CustomerListParams{Group: []string{"vip"}})
//	for list.Next() {
//		fmt.Println(list.Value().Email)
//	}
//	if err := list.Err(); err != nil { … }
//
// All pages are read for the one for whom the first was read: it ends with "session_ended" if that session has ended or another
// shopper's has taken its place. It is for one goroutine.
type List[T any] struct {
	ctx       context.Context
	transport *transport
	path      string
	query     url.Values
	// What is sent instead of the query; nil for a list without a body.
	body map[string]any
	// What the parameter is called that goes on after a page.
	on   string
	line line

	page  *Page[T]
	index int
	err   error
}

func newList[T any](ctx context.Context, t *transport, path string, params any) *List[T] {
	return &List[T]{ctx: ctx, transport: t, path: path, query: queryOf(params), on: "cursor"}
}

// newSearch makes a list whose query is a body.
func newSearch[T any](ctx context.Context, t *transport, path string, input any) *List[T] {
	list := &List[T]{ctx: ctx, transport: t, path: path, on: "cursor"}
	var text []byte
	if text, list.err = json.Marshal(input); list.err == nil {
		list.err = json.Unmarshal(text, &list.body)
	}
	if list.body == nil {
		list.body = map[string]any{}
	}
	return list
}

// Next goes to the next item, over empty pages too; false at the end, or when something failed.
func (l *List[T]) Next() bool {
	for l.index++; l.page == nil || l.index >= len(l.page.Data); l.index = 0 {
		if !l.more() {
			return false
		}
		if _, l.err = l.Page(); l.err != nil {
			return false
		}
	}
	return true
}

func (l *List[T]) more() bool {
	return l.err == nil && (l.page == nil || l.page.Pagination.NextCursor != nil)
}

// Value is the item that Next went to.
func (l *List[T]) Value() *T { return &l.page.Data[l.index] }

// Err is why Next ended early; nil at the end of the list.
func (l *List[T]) Err() error { return l.err }

// Page reads the next page as it is; after the last one it is nil.
func (l *List[T]) Page() (*Page[T], error) {
	if !l.more() {
		return nil, l.err
	}
	page := &Page[T]{}
	if err := l.transport.send(l.ctx, l.next(), page); err != nil {
		return nil, err
	}
	l.page, l.index = page, -1
	return page, nil
}

// next is the call for the page after the present one.
func (l *List[T]) next() call {
	if l.body == nil {
		if l.page != nil {
			l.query.Set(l.on, *l.page.Pagination.NextCursor)
		}
		return call{method: http.MethodGet, path: l.path, query: l.query, line: &l.line}
	}
	if l.page != nil {
		l.body[l.on] = *l.page.Pagination.NextCursor
	}
	return call{method: http.MethodPost, path: l.path, body: l.body, harmless: true, line: &l.line}
}
