package sdk

import (
	"context"
	"errors"
	"net/http"
)

// Auth is registration and sessions. The device token of the latest session that was set goes with a login and a request for a mail, unless
// the input has one of its own: the tries of others then do not count. A wrong one changes nothing. Logging in is not repeated by itself: a
// try that is lost may have counted.
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
// "customer_disabled" or "too_many_attempts", which says in RetryAfter how long to wait. A login is sent again only
// after a 429 with a wait of at most two seconds, and at most twice. After a lost reply it is not sent again, because the attempt may have
// counted.
func (a *Auth) Login(ctx context.Context, input *LoginInput, options ...CallOption) (*Session, error) {
	body := valueOf(input)
	body.DeviceToken = a.transport.tokens.login.device(body.DeviceToken)
	return a.session(ctx, call{method: http.MethodPost, path: "/auth/login", body: body, as: asClient}, options)
}

// RequestCode mails a code to log in with, for LoginWithCode. The answer is the same for every address. The code works only together
// with the handle of the answer. Keep the handle until the shopper has typed the code, and send it with a request for another code.
func (a *Auth) RequestCode(ctx context.Context, input *RequestCode, options ...CallOption) (*CodeRequested, error) {
	body := valueOf(input)
	body.DeviceToken = a.transport.tokens.login.device(body.DeviceToken)
	return ask[CodeRequested](ctx, a.transport, prove("/auth/code", body), options)
}

// LoginWithCode gives a session for the code of a mail, or for the token of its link. It fails with "invalid_credentials" for a code that
// is wrong, spent or older than ten minutes, or with "too_many_attempts".
func (a *Auth) LoginWithCode(ctx context.Context, input *VerifyCode, options ...CallOption) (*Session, error) {
	body := valueOf(input)
	body.DeviceToken = a.transport.tokens.login.device(body.DeviceToken)
	return a.session(ctx, call{method: http.MethodPost, path: "/auth/code/verify", body: body, as: asClient}, options)
}

// Refresh gives the next session of a refresh token. The session that is set is refreshed by itself and needs no call. A try whose
// reply is lost is repeated: within ten seconds the service answers with the same. It fails with "session_ended".
func (a *Auth) Refresh(ctx context.Context, refreshToken string, options ...CallOption) (*Session, error) {
	next := &Session{}
	if err := a.transport.refresh(ctx, refreshToken, next, options...); err != nil {
		return nil, err
	}
	return next, nil
}

func (a *Auth) session(ctx context.Context, c call, options []CallOption) (*Session, error) {
	return ask[Session](ctx, a.transport, c, options)
}

// Logout ends the session that is set, here in any case. Without one, nothing is sent.
func (a *Auth) Logout(ctx context.Context, options ...CallOption) error {
	session, _ := a.transport.tokens.current()
	defer a.transport.tokens.drop(session)
	if session.none() {
		return nil
	}
	body := LogOut{RefreshToken: session.RefreshToken}
	to := call{method: http.MethodPost, path: "/auth/logout", body: body, harmless: true}
	err := a.transport.send(ctx, to, nil, options...)
	var failed *Error
	if errors.As(err, &failed) && (failed.Status == http.StatusUnauthorized || failed.Code == "session_ended") {
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

// VerifyEmail proves an address by the link of a mail together with the password of the registration, a new password, or the session
// that is set. It fails with "mail_token_invalid", "invalid_input" or "too_many_attempts".
func (a *Auth) VerifyEmail(ctx context.Context, input *VerifyEmail, options ...CallOption) (*Session, error) {
	return a.session(ctx, prove("/auth/verify-email", input), options)
}

// ResendVerification is accepted for every address alike.
func (a *Auth) ResendVerification(ctx context.Context, input *ResendVerification, options ...CallOption) error {
	body := valueOf(input)
	body.DeviceToken = a.transport.tokens.login.device(body.DeviceToken)
	return a.transport.send(ctx, prove("/auth/verify-email/resend", body), nil, options...)
}

// RequestPasswordReset is accepted for every address alike; whoever has an account gets a mail.
func (a *Auth) RequestPasswordReset(ctx context.Context, input *ForgotPassword, options ...CallOption) error {
	body := valueOf(input)
	body.DeviceToken = a.transport.tokens.login.device(body.DeviceToken)
	return a.transport.send(ctx, prove("/auth/password/forgot", body), nil, options...)
}

// ResetPassword sets a new password with the link of a mail and ends every session. It fails with "mail_token_invalid" or
// "invalid_input".
func (a *Auth) ResetPassword(ctx context.Context, input *ResetPassword, options ...CallOption) error {
	return a.transport.send(ctx, prove("/auth/password/reset", input), nil, options...)
}

// Reauthenticate proves the shopper anew, by the password or by a code with its handle. The answer is a session in place of the one that is set, which has
// ended at the service; it is set, unless another was set meanwhile. For ten minutes it allows what is dangerous. It fails with "invalid_credentials" or "too_many_attempts".
func (a *Auth) Reauthenticate(ctx context.Context, input *Reauthenticate, options ...CallOption) (*Session, error) {
	before, _ := a.transport.tokens.current()
	session, err := a.session(ctx, once("/auth/reauthenticate", input), options)
	if err == nil {
		a.transport.tokens.login.follow(before, session)
	}
	return session, err
}

// ChangePassword sets another password and ends every other session. Without the present password the session needs a fresh proof. It
// fails with "invalid_credentials", "too_many_attempts", "fresh_proof_required" or "invalid_input".
func (a *Auth) ChangePassword(ctx context.Context, input *ChangePassword, options ...CallOption) error {
	return a.transport.send(ctx, once("/auth/password/change", input), nil, options...)
}

// ChangeEmail has the new address asked by mail to confirm. Without the password the session needs a fresh proof. It fails with
// "invalid_credentials", "too_many_attempts" or "fresh_proof_required".
func (a *Auth) ChangeEmail(ctx context.Context, input *ChangeEmail, options ...CallOption) error {
	return a.transport.send(ctx, once("/auth/email/change", input), nil, options...)
}

// ConfirmEmail moves the account by the link of that mail, with the password or the session that is set. It fails with
// "mail_token_invalid" or "email_taken".
func (a *Auth) ConfirmEmail(ctx context.Context, input *ConfirmEmail, options ...CallOption) (*Session, error) {
	return a.session(ctx, prove("/auth/email/confirm", input), options)
}

// UndoEmailChange takes the account back by the link of the mail to the old address. It fails with "mail_token_invalid".
func (a *Auth) UndoEmailChange(ctx context.Context, input *UndoEmail, options ...CallOption) error {
	return a.transport.send(ctx, prove("/auth/email/undo", input), nil, options...)
}

// valueOf is a copy, which may be changed.
func valueOf[T any](input *T) (value T) {
	if input != nil {
		value = *input
	}
	return value
}

// A POST that is for one use.
func once(path string, body any) call {
	return call{method: http.MethodPost, path: path, body: body}
}

// prove is once for a call whose body is its proof: it is sent although the session that was set has ended.
func prove(path string, body any) call {
	c := once(path, body)
	c.as = asEither
	return c
}
