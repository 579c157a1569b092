package sdk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
)

// tokens holds the client's own token and the session's. One lock for both: a refresh token is for one use, so whoever needs
// the next one waits for the first who asked.
type tokens struct {
	clientID     string
	clientSecret string
	scope        string

	mutex   sync.Mutex
	own     string
	session *Session
	// Calls for a shopper must not go on with the rights of the client when the shopper's own have ended.
	ended  bool
	asking chan struct{}
}

func (t *tokens) set(session *Session) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.session, t.ended = session, false
}

func (t *tokens) end() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.session, t.ended = nil, true
}

func (t *tokens) hasEnded() bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.ended
}

func (t *tokens) current() *Session {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.session
}

func (t *tokens) get(ctx context.Context, over *transport, as caller) (string, error) {
	if as == asNobody {
		return "", nil
	}
	session := t.current()
	if as == asSession && session != nil {
		return session.AccessToken, nil
	}
	if as == asSession && t.hasEnded() {
		return "", &Error{Code: "session_ended", Detail: "The session has ended; set another, or none."}
	}
	own, err := t.ownToken(ctx, over)
	if own == "" && err == nil && session != nil {
		return session.AccessToken, nil
	}
	return own, err
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

// renew says whether there is a new token in place of the one that was refused.
func (t *tokens) renew(ctx context.Context, over *transport, refused string) (bool, error) {
	t.mutex.Lock()
	if refused == t.own {
		if t.clientID != "" {
			t.own = ""
		}
		t.mutex.Unlock()
		return t.clientID != "", nil
	}
	session := t.session
	t.mutex.Unlock()
	if session == nil || session.AccessToken == refused && session.RefreshToken == "" {
		return false, nil
	}
	return true, t.refresh(ctx, over, refused)
}

func (t *tokens) refresh(ctx context.Context, over *transport, refused string) error {
	done := func() bool { return t.session == nil || t.session.AccessToken != refused }
	return t.once(ctx, done, func() error {
		session := t.current()
		next := &Session{}
		err := over.send(ctx, call{
			method: http.MethodPost, path: "/auth/refresh", as: asNobody,
			body: map[string]string{"refreshToken": session.RefreshToken},
		}, next)
		var failed *Error
		if errors.As(err, &failed) && failed.Status == http.StatusUnauthorized {
			t.end()
		}
		if err == nil {
			t.set(next)
		}
		return err
	})
}

// once does the work unless it is done, one at a time; whoever comes meanwhile waits, or gives up with its context.
func (t *tokens) once(ctx context.Context, done func() bool, work func() error) error {
	for {
		t.mutex.Lock()
		if done() {
			t.mutex.Unlock()
			return nil
		}
		if t.asking == nil {
			break
		}
		asking := t.asking
		t.mutex.Unlock()
		select {
		case <-asking:
		case <-ctx.Done():
			return &Error{Code: CodeTimeout, Detail: "The call was ended.", Err: ctx.Err()}
		}
	}
	asking := make(chan struct{})
	t.asking = asking
	t.mutex.Unlock()
	defer func() {
		t.mutex.Lock()
		t.asking = nil
		t.mutex.Unlock()
		close(asking)
	}()
	return work()
}
