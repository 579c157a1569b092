package sdk

import (
	"context"
	"math"
	mathrand "math/rand"
	"net/http"
	"time"
)

const (
	firstWait   = 250 * time.Millisecond
	longestWait = 30 * time.Second

	// Of a POST that only a 429 lets repeat.
	shortWait = 2 * time.Second
	repeats   = 2
)

// isUndone reports that a refused call has surely changed nothing, and may pass later: the service says 429 before it does anything.
func isUndone(e *Error) bool {
	return e.Status == http.StatusTooManyRequests || e.Code == "idempotency_key_in_use"
}

// mayRepeat says whether sending it again can help and does no harm: reads, keyed POSTs, and changes that set the same again.
// A change under If-Match is not among them unless it was surely not done: it would meet its own change and be refused. Any other
// POST, such as a login, is repeated only if it was surely not done and the wait is short: somebody waits before a form.
func mayRepeat(c call, e *Error, tries int) bool {
	if c.method == http.MethodPost && !c.keyed && !c.harmless {
		isShort := e.RetryAfter > 0 && e.RetryAfter <= shortWait
		return e.Status == http.StatusTooManyRequests && isShort && tries < repeats
	}
	if isUndone(e) {
		return true
	}
	switch e.Status {
	case 0, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return c.keyed || c.ifMatch == ""
	}
	return false
}

// Exponential, with full jitter.
func jitter(tries int) time.Duration {
	return time.Duration(mathrand.Float64() * float64(firstWait) * math.Pow(2, float64(tries)))
}

func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
