package sdk

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"testing"
)

const issuer = "https://customer.test"

var metadata = answers(200, `{"issuer":"`+issuer+`","authorization_endpoint":"`+issuer+`/oauth/authorize"}`)
var grantedByCode = answers(200, `{"access_token":"access-1","refresh_token":"refresh-1","expires_in":900}`)

func begin(t *testing.T, client *Client) (*PageLogin, url.Values) {
	t.Helper()
	input := &AuthorizeInput{RedirectURI: "https://shop.example/in", LoginHint: "jane@example.com"}
	begun, err := client.Auth.AuthorizeURL(ctx, input)
	if err != nil {
		t.Fatal(err)
	}
	page, err := url.Parse(begun.URL)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, page.Host+page.Path, "customer.test/oauth/authorize")
	return begun, page.Query()
}

func back(state, iss string) string {
	return "https://shop.example/in?" + url.Values{"code": {"ac_x"}, "state": {state}, "iss": {iss}}.Encode()
}

func TestLoginOnThePageEndsWithTheVerifierOfItsChallenge(t *testing.T) {
	client, script := scripted(t, "app:secret", metadata, grantedByCode, answers(200, jane))
	begun, page := begin(t, client)
	equal(t, page.Get("login_hint"), "jane@example.com")
	equal(t, page.Get("code_challenge_method"), "S256")
	digest := sha256.Sum256([]byte(begun.Verifier))
	equal(t, page.Get("code_challenge"), base64.RawURLEncoding.EncodeToString(digest[:]))
	session, err := client.Auth.HandleCallback(ctx, begun, back(begun.State, issuer))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, session.RefreshToken, "refresh-1")
	form, _ := url.ParseQuery(script.all()[1].body)
	equal(t, form.Get("code_verifier"), begun.Verifier)
	equal(t, form.Get("client_secret"), "secret")
	client.SetSession(session)
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(bearer), []string{"", "", "Bearer access-1"})
}

func TestLoginOnThePageTakesNoAnswerOfAnotherStateOrIssuer(t *testing.T) {
	client, script := scripted(t, "app:", metadata)
	begun, _ := begin(t, client)
	for _, callback := range []string{
		back("another", issuer), back("", issuer), back(begun.State, "https://evil.example"), back(begun.State, ""), "%", "",
	} {
		_, err := client.Auth.HandleCallback(ctx, begun, callback)
		mustFail(t, CodeLoginUnknown, err)
	}
	_, err := client.Auth.HandleCallback(ctx, &PageLogin{}, back("", ""))
	mustFail(t, CodeLoginUnknown, err)
	equal(t, len(script.all()), 1)
}

func TestLoginOnThePageSaysWhenTheShopperDidNotLogIn(t *testing.T) {
	client, _ := scripted(t, "app:", metadata)
	begun, _ := begin(t, client)
	callback := "https://shop.example/in?" + url.Values{"error": {"access_denied"}, "state": {begun.State}, "iss": {issuer}}.Encode()
	_, err := client.Auth.HandleCallback(ctx, begun, callback)
	mustFail(t, CodeLoginRefused, err)
}

func TestASessionOfAClientWithASecretIsRefreshedWithIt(t *testing.T) {
	needed := refuses(401, "invalid_client")
	client, script := scripted(t, "app:secret", refuses(401, "invalid_token"), needed, renewed("2"), answers(200, jane))
	client.SetSession(&Session{AccessToken: "access-1", RefreshToken: "refresh-1"})
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	equal(t, script.all()[1].body, `{"refreshToken":"refresh-1"}`)
	equal(t, script.all()[2].body, `{"refreshToken":"refresh-1","clientId":"app","clientSecret":"secret"}`)
	if client.Session() == nil {
		t.Fatal("the session has ended")
	}
}

func TestAClientWithoutASecretAsksOnce(t *testing.T) {
	client, script := scripted(t, "app:", refuses(401, "invalid_client"))
	_, err := client.Auth.Refresh(ctx, "refresh-1")
	equal(t, failure(t, err).Code, "invalid_client")
	equal(t, len(script.all()), 1)
}
