package sdk

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

type sent struct {
	method string
	path   string
	header http.Header
	body   string
}

type step func(http.ResponseWriter)

// A service that follows a script, one step for each request.
type script struct {
	*httptest.Server
	mutex sync.Mutex
	steps []step
	sent  []sent
	waits []time.Duration
}

func scripted(t *testing.T, key string, steps ...step) (*Client, *script) {
	t.Helper()
	s := &script{steps: steps}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mutex.Lock()
		n := len(s.sent)
		s.sent = append(s.sent, sent{r.Method, r.URL.RequestURI(), r.Header, string(body)})
		s.mutex.Unlock()
		if n >= len(s.steps) {
			t.Errorf("no step for %s %s", r.Method, r.URL)
			return
		}
		s.steps[n](w)
	}))
	t.Cleanup(s.Close)
	client := NewClient(key, WithBaseURL(s.URL+"/"))
	client.transport.sleep = func(_ context.Context, wait time.Duration) error {
		s.waits = append(s.waits, wait)
		return nil
	}
	return client, s
}

// What was sent until now.
func (s *script) all() []sent {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]sent(nil), s.sent...)
}

func (s *script) each(of func(sent) string) []string {
	sent := s.all()
	all := make([]string, len(sent))
	for i, one := range sent {
		all[i] = of(one)
	}
	return all
}

func bearer(s sent) string { return s.header.Get("Authorization") }

func answers(status int, body string, headers ...string) step {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.Header().Set("X-Request-Id", "req_1")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func refuses(status int, code string, headers ...string) step {
	return answers(status, `{"code":"`+code+`","detail":"It is so."}`, headers...)
}

// The connection breaks before an answer.
func lost(w http.ResponseWriter) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		connection.Close()
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !same(got, want) {
		t.Fatalf("got %#v, want %#v", got, want)
	}
}
