package sdk

import (
	"net/http"
	"testing"
)

const place = "203.0.113.7"

// What a request says of who asks, for whom and from where.
func shown(s sent) string {
	asks := s.path
	for _, name := range []string{"Authorization", "X-Service-Token", "X-Caller-Address"} {
		asks += " " + first(s.header.Get(name), "-")
	}
	return asks
}

const (
	asksToken   = "/oauth/token - - -"
	asksRefresh = "/auth/refresh - - -"
)

func asksFor(token, own string) string {
	return "/customer/me Bearer " + token + " " + own + " " + place
}

func granted(token string) step { return answers(200, `{"access_token":"`+token+`"}`) }

func meFrom(client *Client) error {
	_, err := client.Customers.Me(ctx, WithCallerAddress(place))
	return err
}

func TestServiceNamesThePlaceOfItsShopperWithoutAVoucherForItself(t *testing.T) {
	client, script := scripted(t, "shop:secret", granted("own"), gives("ann"), lost, answers(201, jane), answers(200, jane))
	if _, err := client.Auth.Login(ctx, &LoginInput{}, WithCallerAddress(place)); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Customers.Create(ctx, &CustomerInput{}, WithCallerAddress(place)); err != nil {
		t.Fatal(err)
	}
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(shown), []string{
		asksToken,
		"/auth/login Bearer own - " + place,
		"/customer Bearer own - " + place,
		"/customer Bearer own - " + place,
		"/customer/cust_1 Bearer own - -",
	})
}

func TestSessionsTokenTakesTheClientsOwnAlongWhereAPlaceIsNamed(t *testing.T) {
	client, script := scripted(t, "shop:secret", granted("own"), answers(200, jane), answers(202, ""), answers(200, jane))
	client.SetSession(named("ann", "ann"))
	if err := meFrom(client); err != nil {
		t.Fatal(err)
	}
	if err := client.Auth.RequestPasswordReset(ctx, &ForgotPassword{}, WithCallerAddress(place)); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Customers.Me(ctx); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(shown), []string{
		asksToken,
		asksFor("access-ann", "own"),
		"/auth/password/forgot Bearer access-ann own " + place,
		"/customer/me Bearer access-ann - -",
	})
}

func TestClientShowsWhatItHasOfItsOwn(t *testing.T) {
	for key, voucher := range map[string]string{"mine": "mine", "": "-"} {
		client, script := scripted(t, key, answers(200, jane))
		client.SetSession(named("ann", "ann"))
		if err := meFrom(client); err != nil {
			t.Fatal(err)
		}
		equal(t, script.each(shown), []string{asksFor("access-ann", voucher)})
	}
}

func TestRefusalOfOneOfTwoTokensRenewsBothInTurn(t *testing.T) {
	expired, ok := refuses(401, "invalid_token"), answers(200, jane)
	bare := &Session{AccessToken: "access-1"}
	for name, one := range map[string]struct {
		session *Session
		steps   []step
		code    string
		asked   []string
	}{
		"the session first": {sessionOf("1"), []step{expired, renewed("2"), ok}, "",
			[]string{asksFor("access-1", "own"), asksRefresh, asksFor("access-2", "own")}},
		"the client's own when that did not help": {sessionOf("1"), []step{expired, renewed("2"), expired, granted("own2"), ok}, "",
			[]string{asksFor("access-1", "own"), asksRefresh, asksFor("access-2", "own"), asksToken, asksFor("access-2", "own2")}},
		"the client's own when the session cannot be renewed": {bare, []step{expired, granted("own2"), ok}, "",
			[]string{asksFor("access-1", "own"), asksToken, asksFor("access-1", "own2")}},
		"and tells when neither helped": {sessionOf("1"), []step{expired, renewed("2"), expired, granted("own2"), expired}, "invalid_token",
			[]string{asksFor("access-1", "own"), asksRefresh, asksFor("access-2", "own"), asksToken, asksFor("access-2", "own2")}},
	} {
		t.Run(name, func(t *testing.T) {
			client, script := scripted(t, "shop:secret", append([]step{granted("own")}, one.steps...)...)
			client.SetSession(one.session)
			err := meFrom(client)
			if one.code != "" {
				mustFail(t, one.code, err)
			} else if err != nil {
				t.Fatal(err)
			}
			equal(t, script.each(shown)[1:], one.asked)
		})
	}
}

func TestTokenThatCannotBeRenewedIsRefusedOnceBesideAVoucherToo(t *testing.T) {
	client, script := scripted(t, "mine", refuses(401, "invalid_token"))
	client.SetToken("access-1")
	mustFail(t, "invalid_token", meFrom(client))
	equal(t, len(script.all()), 1)
}

func TestSessionThatEndsWhileTheClientsOwnTokenIsOnItsWay(t *testing.T) {
	for name, after := range map[string]*Session{"dropped": nil, "another shopper's": named("bob", "bob")} {
		t.Run(name, func(t *testing.T) {
			var client *Client
			client, script := scripted(t, "shop:secret", func(w http.ResponseWriter) {
				client.SetSession(after)
				granted("own")(w)
			})
			client.SetSession(named("ann", "ann"))
			mustFail(t, "session_ended", meFrom(client))
			equal(t, script.each(shown), []string{asksToken})
		})
	}
	t.Run("leaves the link of a mail its use", func(t *testing.T) {
		var client *Client
		client, script := scripted(t, "shop:secret", func(w http.ResponseWriter) {
			client.SetSession(nil)
			granted("own")(w)
		}, answers(204, ""))
		client.SetSession(named("ann", "ann"))
		if err := client.Auth.ResetPassword(ctx, &ResetPassword{}, WithCallerAddress(place)); err != nil {
			t.Fatal(err)
		}
		equal(t, script.each(shown), []string{asksToken, "/auth/password/reset Bearer own - " + place})
	})
}

func TestClientThatGetsNoTokenSendsNothingForTheShopper(t *testing.T) {
	client, script := scripted(t, "shop:wrong", refuses(401, "invalid_client"))
	client.SetSession(named("ann", "ann"))
	mustFail(t, "invalid_client", meFrom(client))
	equal(t, len(script.all()), 1)
}
