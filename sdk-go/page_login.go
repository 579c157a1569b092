package sdk

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
)

// AuthorizeInput is what a login on the page of the service needs.
type AuthorizeInput struct {
	// RedirectURI is where it leads back to: one of the client's redirect_uris.
	RedirectURI string
	// LoginHint stands in the field for the e-mail address.
	LoginHint string
	// UILocales are languages of the page, the best first, such as "de en"; without them, the browser's.
	UILocales string
}

// PageLogin is a login that has begun. It belongs to the browser that began it: keep it in the session of its visitor, and show it to
// nobody. A login that leads back in another session is somebody else's.
type PageLogin struct {
	// URL is that of the page, to which the browser goes.
	URL         string
	State       string
	Verifier    string
	RedirectURI string
	Issuer      string
}

// AuthorizeURL begins a login on the page of the service (OAuth 2.0, authorization code with PKCE).
func (a *Auth) AuthorizeURL(ctx context.Context, input *AuthorizeInput, options ...CallOption) (*PageLogin, error) {
	var metadata struct {
		Issuer   string `json:"issuer"`
		Endpoint string `json:"authorization_endpoint"`
	}
	to := call{method: http.MethodGet, path: "/.well-known/oauth-authorization-server", as: asNobody}
	if err := a.transport.send(ctx, to, &metadata, options...); err != nil {
		return nil, err
	}
	wanted := valueOf(input)
	begun := &PageLogin{
		State:       randomKey(),
		Verifier:    randomKey() + randomKey(),
		RedirectURI: wanted.RedirectURI,
		Issuer:      metadata.Issuer,
	}
	digest := sha256.Sum256([]byte(begun.Verifier))
	begun.URL = metadata.Endpoint + "?" + url.Values{
		"response_type":         {"code"},
		"client_id":             {a.transport.tokens.clientID},
		"redirect_uri":          {begun.RedirectURI},
		"state":                 {begun.State},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(digest[:])},
		"code_challenge_method": {"S256"},
		"login_hint":            {wanted.LoginHint},
		"ui_locales":            {wanted.UILocales},
	}.Encode()
	return begun, nil
}

// HandleCallback gives the session of a login that leads back, to hand to Client.SetSession. The callback is the URL that was asked for. It
// fails with "login_unknown" if the answer is of another login or of another issuer, and with "login_refused" if the shopper did not log in.
func (a *Auth) HandleCallback(ctx context.Context, begun *PageLogin, callback string, options ...CallOption) (*Session, error) {
	login, said := valueOf(begun), url.Values{}
	if asked, err := url.Parse(callback); err == nil {
		said = asked.Query()
	}
	if login.State == "" || said.Get("state") != login.State || said.Get("iss") != login.Issuer {
		return nil, &Error{Code: CodeLoginUnknown, Detail: "This browser did not begin this login, or another issuer answers it."}
	}
	if said.Get("code") == "" {
		return nil, &Error{Code: CodeLoginRefused, Detail: "The login ended: " + said.Get("error") + "."}
	}
	form := url.Values{
		"grant_type":    {"authorization_code"},
		"client_id":     {a.transport.tokens.clientID},
		"code":          {said.Get("code")},
		"redirect_uri":  {login.RedirectURI},
		"code_verifier": {login.Verifier},
	}
	if secret := a.transport.tokens.clientSecret; secret != "" {
		form.Set("client_secret", secret)
	}
	var granted struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
		ExpiresIn    int64  `json:"expires_in"`
	}
	to := call{method: http.MethodPost, path: "/oauth/token", body: form, as: asNobody}
	if err := a.transport.send(ctx, to, &granted, options...); err != nil {
		return nil, err
	}
	return &Session{
		AccessToken:  granted.AccessToken,
		RefreshToken: granted.RefreshToken,
		TokenType:    "Bearer",
		ExpiresIn:    granted.ExpiresIn,
	}, nil
}
