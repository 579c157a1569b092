package sdk

import (
	"context"
	"sync"
)

// turn lets one caller work at a time. Its mutex protects what the work changes.
type turn struct {
	mutex sync.Mutex
	taken chan struct{}
}

// once does the work, unless it is done. Only one caller works at a time; another waits, or stops waiting when its context ends.
func (t *turn) once(ctx context.Context, done func() bool, work func() error) error {
	for {
		t.mutex.Lock()
		if done() {
			t.mutex.Unlock()
			return nil
		}
		if t.taken == nil {
			break
		}
		taken := t.taken
		t.mutex.Unlock()
		select {
		case <-taken:
		case <-ctx.Done():
			return &Error{Code: CodeTimeout, Detail: "The call was ended.", Err: ctx.Err()}
		}
	}
	taken := make(chan struct{})
	t.taken = taken
	t.mutex.Unlock()
	defer func() {
		t.mutex.Lock()
		t.taken = nil
		t.mutex.Unlock()
		close(taken)
	}()
	return work()
}
