package sdk

import "context"

// renew reports whether another try makes sense: with a new token in place of the one that was refused, or to be told that the
// session has ended.
func (t *tokens) renew(ctx context.Context, over *transport, refused *credential) (bool, error) {
	if refused.session.none() {
		return t.renewOwn(refused.token), nil
	}
	session, _ := t.current()
	if session.none() || session.AccessToken != refused.token {
		return true, nil
	}
	if session.RefreshToken == "" {
		return false, nil
	}
	return true, t.login.refresh(ctx, over, refused.token)
}

// renewVoucher is renew for the voucher: the service does not say which of the two it refused.
func (t *tokens) renewVoucher(_ context.Context, _ *transport, refused *credential) (bool, error) {
	return refused.voucher != "" && t.renewOwn(refused.voucher), nil
}

// renewOwn forgets a token of the client that was refused, and reports whether there can be another.
func (t *tokens) renewOwn(refused string) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.mayGrant() && refused == t.own {
		t.own = ""
	}
	return t.mayGrant()
}

type renewal func(context.Context, *transport, *credential) (bool, error)

// renewNext tries the renewals that are left, each once, until one reports that another try makes sense.
func renewNext(ctx context.Context, over *transport, refused *credential, left []renewal) (bool, []renewal, error) {
	for len(left) > 0 {
		renew := left[0]
		left = left[1:]
		if fresh, err := renew(ctx, over, refused); fresh || err != nil {
			return fresh, left, err
		}
	}
	return false, nil, nil
}
