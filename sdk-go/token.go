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

// current is the session, and whether there was one that is over.
func (t *tokens) current() (session *Session, isOver bool) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	session, ended := t.login.look()
	t.had = t.had || session != nil || ended
	return session, session == nil && t.had
}

// credential is the token of one try.
type credential struct {
	token     string
	isSession bool
}

// next is the token of the next try: a call that began for a shopper does not go on with the client's own rights.
func (t *tokens) next(ctx context.Context, over *transport, as caller, before credential) (credential, error) {
	if as == asNobody {
		return credential{}, nil
	}
	session, isOver := t.current()
	if session != nil && as != asClient {
		return credential{session.AccessToken, true}, nil
	}
	if as == asSession && (isOver || before.isSession) {
		return credential{}, &Error{Code: "session_ended", Detail: "The session has ended; set another, or none."}
	}
	own, err := t.ownToken(ctx, over)
	if own == "" && err == nil && session != nil {
		own = session.AccessToken
	}
	return credential{token: own}, err
}

func (t *tokens) ownToken(ctx context.Context, over *transport) (string, error) {
	err := t.once(ctx, func() bool { return t.own != "" || t.clientID == "" }, func() error {
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

// renew reports whether another try makes sense: with a new token in place of the one that was refused, or to be told that the
// session has ended.
func (t *tokens) renew(ctx context.Context, over *transport, refused string) (bool, error) {
	t.mutex.Lock()
	if refused == t.own {
		if t.clientID != "" {
			t.own = ""
		}
		t.mutex.Unlock()
		return t.clientID != "", nil
	}
	t.mutex.Unlock()
	session, isOver := t.current()
	if session == nil {
		return isOver, nil
	}
	if session.AccessToken == refused && session.RefreshToken == "" {
		return false, nil
	}
	return true, t.login.refresh(ctx, over, refused)
}
