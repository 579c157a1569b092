package sdk

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// refreshTry is the longest wait for one try of a refresh. The service answers a spent token with the same child for ten seconds,
// so a try whose reply is lost is repeated before they are over.
const refreshTry = 8 * time.Second

// login holds a session. The clients that share it share its refresh, its end and its device.
type login struct {
	turn
	session held
	// The session has ended, and no other was set since.
	ended bool
	// That of the latest session that was set, also after its end. A login that is handed on leaves none: a server asks for many shoppers.
	deviceToken string
}

// held is a session that is set, or none. A session and the ones that it is refreshed to are one family.
type held struct {
	*Session
	family int
}

func (h held) none() bool { return h.Session == nil }

// isSameShopper reports whether two sessions are of one shopper: they name the same customer, or, where one of them names none, one was
// refreshed from the other. Of two tokens that say nothing of each other, each may be another shopper's.
func (h held) isSameShopper(other held) bool {
	if h.UserID != "" && other.UserID != "" {
		return h.UserID == other.UserID
	}
	return h.family == other.family || h.AccessToken == other.AccessToken ||
		h.RefreshToken != "" && h.RefreshToken == other.RefreshToken
}

func (l *login) look() (session held, ended bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.session, l.ended
}

func (l *login) set(session *Session) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.session, l.ended = held{session, l.session.family + 1}, false
	l.remember(session)
}

// remember is for those who hold the mutex.
func (l *login) remember(session *Session) {
	if session != nil && session.DeviceToken != nil {
		l.deviceToken = *session.DeviceToken
	}
}

// device is the token that an input says, or else that of this device.
func (l *login) device(said string) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return first(said, l.deviceToken)
}

// replace puts the next session, or nil for the end, in the place of one, unless another was set meanwhile.
func (l *login) replace(session held, next *Session) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.session == session {
		l.session, l.ended = held{next, session.family}, next == nil
		l.remember(next)
	}
}

// follow puts the session that has taken the place of one at the service in its place here, also if another call has found meanwhile that
// the one has ended; not if another was set meanwhile.
func (l *login) follow(before held, next *Session) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.session.family == before.family {
		l.session, l.ended = held{next, before.family}, false
		l.remember(next)
	}
}

// refresh renews the session whose access token was refused, unless that has happened meanwhile.
func (l *login) refresh(ctx context.Context, over *transport, refused string) error {
	done := func() bool { return l.session.none() || l.session.AccessToken != refused }
	return l.once(ctx, done, func() error {
		session, _ := l.look()
		if session.none() {
			return nil
		}
		next := &Session{}
		err := over.refresh(ctx, session.RefreshToken, next)
		var failed *Error
		if errors.As(err, &failed) && failed.Status == http.StatusUnauthorized {
			l.replace(session, nil)
		}
		if err == nil {
			l.replace(session, next)
		}
		return err
	})
}

// refresh is repeated by itself: the service answers with the same. A client that keeps a secret shows it for a session of a login on the
// page.
func (t *transport) refresh(ctx context.Context, refreshToken string, next *Session, options ...CallOption) error {
	body := Refresh{RefreshToken: refreshToken}
	err := t.send(ctx, refreshing(body), next, options...)
	var failed *Error
	if errors.As(err, &failed) && failed.Code == "invalid_client" && t.tokens.clientSecret != "" {
		body.ClientID, body.ClientSecret = t.tokens.clientID, t.tokens.clientSecret
		err = t.send(ctx, refreshing(body), next, options...)
	}
	return err
}

func refreshing(body Refresh) call {
	return call{
		method: http.MethodPost, path: "/auth/refresh", as: asNobody, harmless: true, within: refreshTry, body: body,
	}
}
