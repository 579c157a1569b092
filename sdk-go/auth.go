package sdk

import (
	"context"
	"errors"
	"net/http"
)

// Auth is registration and sessions. Logging in is not repeated by itself: a try that is lost may have counted.
type Auth struct{ transport *transport }

// LoginInput is what a login needs.
type LoginInput = LogIn

// Register registers a shopper. With a storefront's key the answer is the same whether or not the address has an account: a mail
// says which. Customer is then nil.
func (a *Auth) Register(ctx context.Context, input *CustomerInput, options ...CallOption) (*Customer, error) {
	to := call{method: http.MethodPost, path: "/customer", body: input, as: asClient, keyed: true}
	customer, err := ask[Customer](ctx, a.transport, to, options)
	if err != nil || customer.ID == "" {
		return nil, err
	}
	return customer, nil
}

// Login gives a session, to hand to Client.SetSession. It fails with "invalid_credentials", "email_unverified",
// "customer_disabled" or "too_many_attempts", which says in RetryAfter how long to wait.
func (a *Auth) Login(ctx context.Context, input *LoginInput, options ...CallOption) (*Session, error) {
	return a.session(ctx, call{method: http.MethodPost, path: "/auth/login", body: input, as: asClient}, options)
}

// Refresh gives the next session of a refresh token. The session that is set is refreshed by itself and needs no call. It fails
// with "session_ended".
func (a *Auth) Refresh(ctx context.Context, refreshToken string, options ...CallOption) (*Session, error) {
	body := Refresh{RefreshToken: refreshToken}
	return a.session(ctx, call{method: http.MethodPost, path: "/auth/refresh", body: body, as: asNobody}, options)
}

func (a *Auth) session(ctx context.Context, c call, options []CallOption) (*Session, error) {
	return ask[Session](ctx, a.transport, c, options)
}

// Logout ends the session that is set, here in any case.
func (a *Auth) Logout(ctx context.Context, options ...CallOption) error {
	body := LogOut{}
	if session := a.transport.tokens.current(); session != nil {
		body.RefreshToken = session.RefreshToken
	}
	defer a.transport.tokens.set(nil)
	to := call{method: http.MethodPost, path: "/auth/logout", body: body, harmless: true}
	err := a.transport.send(ctx, to, nil, options...)
	var failed *Error
	if errors.As(err, &failed) && failed.Status == http.StatusUnauthorized {
		return nil
	}
	return err
}

// Me reads who is logged in.
func (a *Auth) Me(ctx context.Context, options ...CallOption) (*Customer, error) {
	return get[Customer](ctx, a.transport, "/auth/me", options)
}

// ListSessions goes through where the shopper is logged in.
func (a *Auth) ListSessions(ctx context.Context) *List[SessionInfo] {
	return newList[SessionInfo](ctx, a.transport, "/auth/session", nil)
}

// EndSession logs out of another session. It fails with "session_not_found".
func (a *Auth) EndSession(ctx context.Context, sessionID string, options ...CallOption) error {
	return remove(ctx, a.transport, route("auth", "session", sessionID), options)
}

// EndSessions logs out everywhere.
func (a *Auth) EndSessions(ctx context.Context, options ...CallOption) error {
	return remove(ctx, a.transport, "/auth/session", options)
}
