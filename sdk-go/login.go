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

// login holds a session. The clients that share it share its refresh and its end.
type login struct {
	turn
	session *Session
	// The session has ended, and no other was set since.
	ended bool
}

func (l *login) look() (session *Session, ended bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.session, l.ended
}

func (l *login) set(session *Session) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.session, l.ended = session, false
}

// replace puts the next session, or nil for the end, in the place of one, unless another was set meanwhile.
func (l *login) replace(session, next *Session) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.session == session {
		l.session, l.ended = next, next == nil
	}
}

// refresh renews the session whose access token was refused, unless that has happened meanwhile.
func (l *login) refresh(ctx context.Context, over *transport, refused string) error {
	done := func() bool { return l.session == nil || l.session.AccessToken != refused }
	return l.once(ctx, done, func() error {
		session, _ := l.look()
		if session == nil {
			return nil
		}
		next := &Session{}
		err := over.send(ctx, refreshing(session.RefreshToken), next)
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

// refreshing is repeated by itself: the service answers with the same.
func refreshing(refreshToken string) call {
	return call{
		method: http.MethodPost, path: "/auth/refresh", as: asNobody, harmless: true, within: refreshTry,
		body: Refresh{RefreshToken: refreshToken},
	}
}
