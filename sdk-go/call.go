package sdk

import (
	"context"
	"net/http"
)

func get[T any](ctx context.Context, t *transport, path string, options []CallOption) (*T, error) {
	return ask[T](ctx, t, call{method: http.MethodGet, path: path}, options)
}

// post is a POST that honours an idempotency key.
func post[T any](ctx context.Context, t *transport, path string, body any, options []CallOption) (*T, error) {
	return ask[T](ctx, t, call{method: http.MethodPost, path: path, body: body, keyed: true}, options)
}

func patch[T any](ctx context.Context, t *transport, path string, body any, options []CallOption) (*T, error) {
	return ask[T](ctx, t, call{method: http.MethodPatch, path: path, body: body}, options)
}

func put[T any](ctx context.Context, t *transport, path string, body any, options []CallOption) (*T, error) {
	return ask[T](ctx, t, call{method: http.MethodPut, path: path, body: body}, options)
}

func remove(ctx context.Context, t *transport, path string, options []CallOption) error {
	return t.send(ctx, call{method: http.MethodDelete, path: path}, nil, options...)
}

func ask[T any](ctx context.Context, t *transport, c call, options []CallOption) (*T, error) {
	result := new(T)
	if err := t.send(ctx, c, result, options...); err != nil {
		return nil, err
	}
	return result, nil
}
