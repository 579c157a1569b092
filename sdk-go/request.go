package sdk

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// CallOption changes one call.
type CallOption func(*call)

// WithIdempotencyKey repeats an earlier POST under its key, even after a restart; without it, each call has one of its own. A storefront's
// keys end with its access token, after an hour.
func WithIdempotencyKey(key string) CallOption {
	return func(c *call) { c.key = key }
}

// WithIfMatch makes the change only to what was read: the ETag of an answer. It is refused with "precondition_failed" otherwise.
func WithIfMatch(etag string) CallOption {
	return func(c *call) { c.ifMatch = etag }
}

// WithCallerAddress is for a shop's server: it names the address of the shopper for whom the server asks, one IPv4 or IPv6 address without
// a port. The service then counts failures and mails there, and the list of sessions shows it. Only a service is believed. A call with a
// session's token therefore takes the client's own along, which must be a service's: it fails with "invalid_token" otherwise, and with
// "malformed_request" for what is no address.
func WithCallerAddress(address string) CallOption {
	return func(c *call) { c.callerAddress = address }
}

// WithReason says why staff asks, for the event of an export; at most 500 characters.
func WithReason(reason string) CallOption {
	return func(c *call) { c.reason = reason }
}

// Whose token is sent.
type caller int

const (
	asSession caller = iota // the session's, or the client's own where no session ever was
	asEither                // the session's or else the client's own, for a call whose body is its proof
	asClient                // the client's own
	asNobody
)

type call struct {
	method string
	path   string
	query  url.Values
	body   any
	as     caller
	// The service honours Idempotency-Key here.
	keyed bool
	// A POST that does no harm twice, even without a key.
	harmless bool
	// The longest wait for one try, if the timeout is not shorter; 0 for none.
	within time.Duration
	// Shared by calls that continue each other, such as the pages of a list: all are sent for the one for whom the first was sent.
	line *line

	key           string
	ifMatch       string
	callerAddress string
	reason        string
}

// line has the credential of the latest try.
type line struct{ by *credential }

type answer struct {
	status int
	header http.Header
	body   []byte
}

type transport struct {
	baseURL string
	http    *http.Client
	retries int
	timeout time.Duration
	tokens  tokens
	sleep   func(context.Context, time.Duration) error
}

// send makes a call, with retries, and reads its answer into result unless that is nil.
func (t *transport) send(ctx context.Context, c call, result any, options ...CallOption) error {
	for _, option := range options {
		option(&c)
	}
	if !isBaseURL(t.baseURL) {
		return &Error{Code: CodeInvalidBaseURL, Detail: fmt.Sprintf("The base URL must be the URL of the service, such as https://customers.example.com, not %q.", t.baseURL)}
	}
	if c.path == "" {
		return &Error{Code: CodeMissingID, Detail: "An id is missing."}
	}
	payload, contentType, err := encode(c.body)
	if err != nil {
		return err
	}
	if c.keyed && c.key == "" {
		c.key = randomKey()
	}
	if c.line == nil {
		c.line = &line{}
	}
	unsure, left := false, []renewal{t.tokens.renew, t.tokens.renewVoucher}
	for tries := 0; ; tries++ {
		by, err := t.tokens.next(ctx, t, c, c.line.by)
		if err != nil {
			return err
		}
		c.line.by = by
		a, failed := t.attempt(ctx, c, by, payload, contentType)
		if failed == nil && a.status < 300 {
			return decode(a, result)
		}
		if failed == nil {
			failed = errorOf(a)
			failed.hint = hintOf(failed, by)
		}
		if ctx.Err() != nil {
			return failed
		}
		// A try whose answer was lost has done it.
		if unsure && c.method == http.MethodDelete && failed.Status == http.StatusNotFound {
			return nil
		}
		if failed.Code == "invalid_token" && by.token != "" {
			var fresh bool
			if fresh, left, err = renewNext(ctx, t, by, left); err != nil {
				return err
			}
			if fresh {
				continue
			}
		}
		wait := failed.RetryAfter + jitter(tries)
		if tries >= t.retries || wait > longestWait || !mayRepeat(c, failed, tries) {
			return failed
		}
		unsure = unsure || !isUndone(failed)
		if err := t.sleep(ctx, wait); err != nil {
			return &Error{Code: CodeNetworkError, Detail: "The call was ended.", Err: err}
		}
	}
}

func (t *transport) attempt(ctx context.Context, c call, by *credential, payload []byte, contentType string) (*answer, *Error) {
	timeout := t.timeout
	if c.within > 0 && c.within < timeout {
		timeout = c.within
	}
	trying, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	target := t.baseURL + c.path
	if len(c.query) > 0 {
		target += "?" + c.query.Encode()
	}
	request, err := http.NewRequestWithContext(trying, c.method, target, bytes.NewReader(payload))
	if err != nil {
		return nil, unreachable(err)
	}
	request.Header.Set("Accept", "application/json")
	setUnlessEmpty(request.Header, "Content-Type", contentType)
	setUnlessEmpty(request.Header, "Idempotency-Key", c.key)
	setUnlessEmpty(request.Header, "If-Match", c.ifMatch)
	setUnlessEmpty(request.Header, "X-Caller-Address", c.callerAddress)
	setUnlessEmpty(request.Header, "X-Reason", url.PathEscape(c.reason))
	setUnlessEmpty(request.Header, "X-Service-Token", by.voucher)
	if by.token != "" {
		request.Header.Set("Authorization", "Bearer "+by.token)
	}
	response, err := t.http.Do(request)
	if err != nil {
		return nil, unreachable(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, unreachable(err)
	}
	return &answer{response.StatusCode, response.Header, body}, nil
}

func isBaseURL(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != ""
}

func setUnlessEmpty(header http.Header, name, value string) {
	if value != "" {
		header.Set(name, value)
	}
}

func unreachable(err error) *Error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &Error{Code: CodeTimeout, Detail: "No answer came in time.", Err: err}
	}
	return &Error{Code: CodeNetworkError, Detail: "The service could not be reached.", Err: err}
}

func encode(body any) ([]byte, string, error) {
	switch body := body.(type) {
	case nil:
		return nil, "", nil
	case url.Values:
		return []byte(body.Encode()), "application/x-www-form-urlencoded", nil
	}
	payload, err := json.Marshal(body)
	return payload, "application/json", err
}

type tagged interface{ setETag(string) }

func decode(a *answer, result any) error {
	if result == nil || len(a.body) == 0 {
		return nil
	}
	if err := json.Unmarshal(a.body, result); err != nil {
		return &Error{Code: CodeUnexpectedResponse, Status: a.status, Detail: "The answer is not as expected.", Err: err}
	}
	if tagged, ok := result.(tagged); ok {
		tagged.setETag(a.header.Get("ETag"))
	}
	return nil
}

// 128 random bits.
func randomKey() string {
	bytes := make([]byte, 16)
	if _, err := rand.Read(bytes); err != nil {
		panic(err)
	}
	return hex.EncodeToString(bytes)
}

// route builds a path of its parts, each encoded; none if a part is missing or would climb out of it.
func route(parts ...string) string {
	var path strings.Builder
	for _, part := range parts {
		if part == "" || part == "." || part == ".." {
			return ""
		}
		path.WriteString("/" + url.PathEscape(part))
	}
	return path.String()
}
