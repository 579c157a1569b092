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
)

func isUndone(e *Error) bool {
	return e.Code == "too_many_requests" || e.Code == "idempotency_key_in_use"
}

// mayRepeat says whether sending it again can help and does no harm: reads, keyed POSTs, and changes that set the same again.
// A change under If-Match is not among them unless it was surely not done: it would meet its own change and be refused.
func mayRepeat(c call, e *Error) bool {
	if c.method == http.MethodPost && !c.keyed && !c.harmless {
		return false
	}
	if isUndone(e) {
		return true
	}
	switch e.Status {
	case 0, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
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
