// Package sdk is the Go client of the customer service. It needs nothing but the standard library.
//
//	client := sdk.NewClient("client-id:secret", sdk.WithBaseURL("https://customers.example.com"))
//	customer, err := client.Customers.Create(ctx, &sdk.CustomerInput{Email: "jane@example.com"})
//
// Amounts are integers in minor units of their currency. What fails is an [*Error], for errors.As.
package sdk

import (
	"net/http"
	"strings"
	"time"
)

const (
	defaultBaseURL = "http://localhost:8787"
	defaultRetries = 3
	defaultTimeout = 30 * time.Second
)

// Client talks to one service on behalf of one client or session. It is safe for concurrent use.
type Client struct {
	Customers  *Customers
	Groups     *Groups
	Merges     *Merges
	Webhooks   *Webhooks
	Events     *Events
	Privacy    *Privacy
	Auth       *Auth
	Passkeys   *Passkeys
	Identities *Identities

	transport *transport
}

// Option changes how a client works.
type Option func(*transport)

// WithBaseURL says where the service is; http://localhost:8787 without it.
func WithBaseURL(url string) Option {
	return func(t *transport) { t.baseURL = strings.TrimRight(url, "/") }
}

// WithHTTPClient sends requests with another client than one of our own.
func WithHTTPClient(client *http.Client) Option {
	return func(t *transport) { t.http = client }
}

// WithRetries says how often a call is sent again where that is safe; 3 without it.
func WithRetries(retries int) Option {
	return func(t *transport) { t.retries = retries }
}

// WithTimeout says how long one try may take; 30 seconds without it.
func WithTimeout(timeout time.Duration) Option {
	return func(t *transport) { t.timeout = timeout }
}

// WithScope asks for some of the client's scopes only, space-separated.
func WithScope(scope string) Option {
	return func(t *transport) { t.tokens.scope = scope }
}

// WithSessionOf shares the session of another client: one refresh serves both, and its end is the end for both. Share it like this,
// or share the client: of two clients that each hold a copy of a session, one comes with a spent refresh token, which ends it.
func WithSessionOf(client *Client) Option {
	return func(t *transport) { t.tokens.login = client.transport.tokens.login }
}

// NewClient makes a client. The key is "clientId:secret", or an access token.
func NewClient(key string, options ...Option) *Client {
	t := &transport{
		baseURL: defaultBaseURL,
		http:    &http.Client{},
		retries: defaultRetries,
		timeout: defaultTimeout,
		sleep:   sleep,
		tokens:  tokens{login: &login{}},
	}
	if id, secret, found := strings.Cut(key, ":"); found {
		t.tokens.clientID, t.tokens.clientSecret = id, secret
	} else {
		t.tokens.own = key
	}
	for _, option := range options {
		option(t)
	}
	// A session that is there already may be dropped by another client before the first call.
	t.tokens.current()
	return &Client{
		Customers:  &Customers{t},
		Groups:     &Groups{t},
		Merges:     &Merges{t},
		Webhooks:   &Webhooks{t},
		Events:     &Events{t},
		Privacy:    &Privacy{t},
		Auth:       &Auth{t},
		Passkeys:   &Passkeys{t},
		Identities: &Identities{t},
		transport:  t,
	}
}

// SetToken says whom the next calls are for, by an access token; "" for the client itself again.
func (c *Client) SetToken(token string) {
	if token == "" {
		c.SetSession(nil)
		return
	}
	c.SetSession(&Session{AccessToken: token})
}

// SetSession is SetToken for a whole session: it is refreshed by itself when its access token has expired. Its device token is kept, also
// after its end. A server that logs many shoppers in sets no session, so it keeps none of theirs.
func (c *Client) SetSession(session *Session) {
	c.transport.tokens.set(session)
}

// Session is the session that is set, refreshed since or not; nil if there is none.
func (c *Client) Session() *Session {
	session, _ := c.transport.tokens.current()
	return session.Session
}
