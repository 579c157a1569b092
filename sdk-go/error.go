package sdk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Codes of what has no answer of the service behind it. The service's own are in its documentation.
const (
	CodeNetworkError       = "network_error"
	CodeTimeout            = "timeout"
	CodeUnexpectedResponse = "unexpected_response"
	CodeMissingID          = "missing_id"
	CodeInvalidBaseURL     = "invalid_base_url"
	CodeInvalidSignature   = "invalid_signature"
	CodeInvalidSecret      = "invalid_secret"
	CodeLoginUnknown       = "login_unknown"
	CodeLoginRefused       = "login_refused"
)

// Error is what every failed call returns.
type Error struct {
	// Code says why, to switch over: "email_taken", "customer_not_found", …
	Code string
	// Status is the HTTP status; 0 when no answer came.
	Status int
	// Detail is a sentence for people.
	Detail string
	// RequestID is "req_…", to name when asking for help; empty when no answer came.
	RequestID string
	// Errors says what is wrong with which field, for "invalid_input".
	Errors []FieldError
	// Changed names the fields that changed since, for "precondition_failed".
	Changed []string
	// SurvivorID is the customer into which the one that the call names was merged, for "customer_merged".
	SurvivorID string
	// Why says for which values the rule of the group holds the customer, for "membership_by_rule".
	Why Why
	// Caller is the kind of the token ("service", "storefront", "shopper"), for "caller_not_allowed" and "insufficient_scope".
	Caller string
	// Callers says whom the route is for, for "caller_not_allowed".
	Callers []string
	// Scope is the one that the token lacks, for "insufficient_scope".
	Scope string
	// Allow names the methods of the path, for "method_not_allowed".
	Allow []string
	// Limit names the limit that was reached, for "too_many_requests" and "too_many_attempts".
	Limit string
	// RetryAfter is how long to wait before it makes sense to try again; 0 when not said.
	RetryAfter time.Duration
	// Err is the cause, when no answer came.
	Err error

	hint string
}

// FieldError is what is wrong with one field of an input.
type FieldError struct {
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("%s (%s)", e.Detail, e.Code)
	}
	return fmt.Sprintf("%s%s (%d %s, %s)", e.Detail, e.hint, e.Status, e.Code, e.RequestID)
}

func (e *Error) Unwrap() error { return e.Err }

func errorOf(a *answer) *Error {
	var body struct {
		Code             string       `json:"code"`
		Detail           string       `json:"detail"`
		Errors           []FieldError `json:"errors"`
		Changed          []string     `json:"changed"`
		SurvivorID       string       `json:"survivorId"`
		Why              Why          `json:"why"`
		Caller           string       `json:"caller"`
		Callers          []string     `json:"callers"`
		Scope            string       `json:"scope"`
		Allow            []string     `json:"allow"`
		Limit            string       `json:"limit"`
		OAuth            string       `json:"error"`
		OAuthDescription string       `json:"error_description"`
	}
	// What stands before the service may answer in HTML.
	if json.Unmarshal(a.body, &body) != nil {
		body.Code, body.OAuth = "", ""
	}
	return &Error{
		Code:       first(body.Code, body.OAuth, CodeUnexpectedResponse),
		Status:     a.status,
		Detail:     first(body.Detail, body.OAuthDescription, fmt.Sprintf("The server answered %d, but not as the customer service does. Check the base URL, and any proxy in between.", a.status)),
		RequestID:  a.header.Get("X-Request-Id"),
		Errors:     body.Errors,
		Changed:    body.Changed,
		SurvivorID: body.SurvivorID,
		Why:        body.Why,
		Caller:     body.Caller,
		Callers:    body.Callers,
		Scope:      body.Scope,
		Allow:      body.Allow,
		Limit:      body.Limit,
		RetryAfter: retryAfter(a.header.Get("Retry-After")),
	}
}

// hintOf says what a program has forgotten that calls without a session: the session, or the client's secret.
func hintOf(failed *Error, by *credential) string {
	if !by.session.none() {
		return ""
	}
	if failed.Code == "unauthenticated" {
		return " The call carried no token: pass the session to SetSession, or make the client with its id and its secret."
	}
	if failed.Code != "caller_not_allowed" {
		return ""
	}
	for _, caller := range failed.Callers {
		if caller == "shopper" {
			return " Nobody is logged in: pass the session to SetSession."
		}
	}
	return ""
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// A number of seconds or a date (RFC 9110, 10.2.3).
func retryAfter(header string) time.Duration {
	if seconds, err := strconv.ParseFloat(header, 64); err == nil && seconds > 0 {
		return time.Duration(seconds * float64(time.Second))
	}
	if date, err := http.ParseTime(header); err == nil {
		if wait := time.Until(date); wait > 0 {
			return wait
		}
	}
	return 0
}
