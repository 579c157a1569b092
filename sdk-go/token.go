package sdk

import (
	"context"
	"net/http"
	"net/url"
)

// tokens holds the client's own token, and the login, which clients may share.
type tokens struct {
	clientID     string
	clientSecret string
	scope        string

	turn
	own string
	// Calls for a shopper must not use the rights of the client after the shopper's session has ended, wherever it ended.
	had   bool
	login *login
}

func (t *tokens) set(session *Session) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.had = session != nil
	t.login.set(session)
}

// drop forgets a session, unless another shopper's was set meanwhile.
func (t *tokens) drop(session held) {
	now, _ := t.current()
	if session.none() || now.none() || session.isSameShopper(now) {
		t.set(nil)
	}
}

// current is the session, and whether there was one that is over.
func (t *tokens) current() (session held, isOver bool) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	session, ended := t.login.look()
	t.had = t.had || !session.none() || ended
	return session, session.none() && t.had
}

// credential is the token of one try, and the session that it belongs to, if any. Beside a session's token the client's own may be the
// voucher: proof that a service names the shopper's address.
type credential struct {
	token   string
	session held
	voucher string
}

// next is the credential of the next try; with a voucher if the call names an address.
func (t *tokens) next(ctx context.Context, over *transport, c call, before *credential) (*credential, error) {
	by, err := t.choose(ctx, over, c.as, before)
	if err != nil || c.callerAddress == "" || by.session.none() {
		return by, err
	}
	own, err := t.ownToken(ctx, over)
	if err != nil {
		return nil, err
	}
	// The session may have ended meanwhile.
	by, err = t.choose(ctx, over, c.as, by)
	if err == nil && !by.session.none() {
		by.voucher = own
	}
	return by, err
}

// choose says whose token the next try takes. A call goes on for the one for whom it began, with a renewed token perhaps, or else fails with
// "session_ended": neither the client's own rights nor another shopper's session take over. There is no try before the first one.
func (t *tokens) choose(ctx context.Context, over *transport, as caller, before *credential) (*credential, error) {
	if as == asNobody {
		return &credential{}, nil
	}
	session, isOver := t.current()
	var began held
	if before != nil {
		began = before.session
	} else if as != asClient {
		began = session
	}
	switch {
	case began.none():
		if before == nil && as == asSession && isOver {
			return nil, sessionEnded()
		}
	case !session.none() && began.isSameShopper(session):
		return &credential{token: session.AccessToken, session: session}, nil
	case !session.none() || as != asEither:
		return nil, sessionEnded()
	}
	own, err := t.ownToken(ctx, over)
	if err != nil {
		return nil, err
	}
	if own == "" && before == nil && !session.none() {
		return &credential{token: session.AccessToken, session: session}, nil
	}
	return &credential{token: own}, nil
}

func sessionEnded() *Error {
	return &Error{Code: "session_ended", Detail: "The session has ended; set another, or none."}
}

func (t *tokens) ownToken(ctx context.Context, over *transport) (string, error) {
	err := t.once(ctx, func() bool { return t.own != "" || !t.mayGrant() }, func() error {
		token, err := t.grant(ctx, over)
		t.mutex.Lock()
		defer t.mutex.Unlock()
		t.own = token
		return err
	})
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.own, err
}

// mayGrant says whether the client can get a token of its own. A public client has no secret.
func (t *tokens) mayGrant() bool { return t.clientID != "" && t.clientSecret != "" }

func (t *tokens) grant(ctx context.Context, over *transport) (string, error) {
	form := url.Values{
		"grant_type":    {"client_credentials"},
		"client_id":     {t.clientID},
		"client_secret": {t.clientSecret},
	}
	if t.scope != "" {
		form.Set("scope", t.scope)
	}
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	err := over.send(ctx, call{
		method: http.MethodPost, path: "/oauth/token", body: form, as: asNobody, harmless: true,
	}, &granted)
	return granted.AccessToken, err
}
