package sdk

import (
	"net/http"
	"strings"
	"testing"
)

func named(name, userID string) *Session {
	return &Session{AccessToken: "access-" + name, RefreshToken: "refresh-" + name, UserID: userID}
}

// A client in which something happens during the last step.
func during(t *testing.T, happens func(*Client), steps ...step) (*Client, *script) {
	var client *Client
	last := len(steps) - 1
	all := append([]step(nil), steps...)
	all[last] = func(w http.ResponseWriter) {
		happens(client)
		steps[last](w)
	}
	client, script := scripted(t, "token", append(all, answers(200, jane))...)
	return client, script
}

func TestCallOfOneShopperThatWaitsNeverGoesOnForAnotherOne(t *testing.T) {
	expired := refuses(401, "invalid_token")
	for waits, steps := range map[string][]step{
		"a retry":                   {refuses(503, "database_unavailable")},
		"a retry after a lost one":  {lost},
		"an expired token":          {expired},
		"a refresh":                 {expired, renewed("2")},
		"a refresh that is refused": {expired, refuses(401, "session_ended")},
	} {
		for kind, pair := range map[string][2]*Session{
			"sessions":                {named("ann", "ann"), named("bob", "bob")},
			"pairs of tokens":         {named("ann", ""), named("bob", "")},
			"a session and a pair":    {named("ann", "ann"), named("bob", "")},
			"a pair and a bare token": {named("ann", ""), {AccessToken: "access-bob"}},
		} {
			for name, call := range map[string]func(*Client) error{
				"a read": retrieve,
				"a change": func(client *Client) error {
					_, err := client.Customers.Update(ctx, "cust_1", &UpdateCustomer{FirstName: Set("Ann")})
					return err
				},
				"a keyed POST": func(client *Client) error {
					_, err := client.Customers.Create(ctx, &CustomerInput{Email: "a@example.com"})
					return err
				},
			} {
				t.Run(strings.Join([]string{waits, kind, name}, ", "), func(t *testing.T) {
					client, script := during(t, func(c *Client) { c.SetSession(pair[1]) }, steps...)
					client.SetSession(pair[0])
					mustFail(t, "session_ended", call(client))
					equal(t, len(script.all()), len(steps))
					equal(t, client.Session(), pair[1])
				})
			}
		}
	}
}

func TestCallGoesOnWithTheSameShoppersNewerTokens(t *testing.T) {
	for name, pair := range map[string][2]*Session{
		"another login":                  {named("ann", "ann"), named("ann2", "ann")},
		"the access token alone":         {named("ann", "ann"), {AccessToken: "access-ann"}},
		"the same refresh token":         {named("ann", ""), {AccessToken: "access-x", RefreshToken: "refresh-ann"}},
		"the access token of two copies": {{AccessToken: "access-ann"}, {AccessToken: "access-ann"}},
	} {
		t.Run(name, func(t *testing.T) {
			client, script := during(t, func(c *Client) { c.SetSession(pair[1]) }, refuses(503, "database_unavailable"))
			client.SetSession(pair[0])
			if err := retrieve(client); err != nil {
				t.Fatal(err)
			}
			equal(t, bearer(script.all()[1]), "Bearer "+pair[1].AccessToken)
		})
	}
}

func TestCallOfTheClientGoesOnAsTheClientWhenAShopperLogsIn(t *testing.T) {
	client, script := during(t, func(c *Client) { c.SetSession(named("bob", "bob")) }, refuses(503, "database_unavailable"))
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(bearer), []string{"Bearer token", "Bearer token"})
}

func pageTo(cursor string) step {
	return answers(200, `{"data":[{"id":"a"}],"pagination":{"nextCursor":`+cursor+`}}`)
}

func TestListOfAShopperEndsWhenTheSessionHasEndedOrIsAnotherOnes(t *testing.T) {
	for name, after := range map[string]*Session{
		"dropped": nil, "another shopper's": named("bob", "bob"), "another token": {AccessToken: "access-bob"},
	} {
		t.Run(name, func(t *testing.T) {
			client, script := scripted(t, "token", pageTo(`"c1"`), pageTo(`null`))
			client.SetSession(named("ann", "ann"))
			list := client.Customers.List(ctx, nil)
			equal(t, list.Next(), true)
			client.SetSession(after)
			equal(t, list.Next(), false)
			mustFail(t, "session_ended", list.Err())
			_, err := list.Page()
			mustFail(t, "session_ended", err)
			equal(t, len(script.all()), 1)
		})
	}
}

func TestListGoesOnWithTheRefreshedSession(t *testing.T) {
	client, script := scripted(t, "token", pageTo(`"c1"`), refuses(401, "invalid_token"), renewed("2"), pageTo(`null`))
	client.SetSession(sessionOf("1"))
	list := client.Customers.List(ctx, nil)
	for list.Next() {
	}
	equal(t, list.Err(), nil)
	equal(t, bearer(script.all()[3]), "Bearer access-2")
}

func TestListOfTheClientGoesOnAsTheClientWhenAShopperLogsIn(t *testing.T) {
	client, script := scripted(t, "token", pageTo(`"c1"`), pageTo(`null`))
	list := client.Customers.List(ctx, nil)
	for list.Next() {
		client.SetSession(named("bob", "bob"))
	}
	equal(t, list.Err(), nil)
	equal(t, script.each(bearer), []string{"Bearer token", "Bearer token"})
}

func TestLogoutWithoutASessionIsNothing(t *testing.T) {
	client, script := scripted(t, "token")
	for i := 0; i < 2; i++ {
		if err := client.Auth.Logout(ctx); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, len(script.all()), 0)
}

func TestLogoutLeavesTheSessionOfAnotherShopperThatWasSetMeanwhile(t *testing.T) {
	for _, answer := range []step{answers(204, ""), refuses(503, "database_unavailable")} {
		client, script := during(t, func(c *Client) { c.SetSession(named("bob", "bob")) }, answer)
		client.SetSession(named("ann", "ann"))
		if err := client.Auth.Logout(ctx); err != nil {
			t.Fatal(err)
		}
		equal(t, client.Session(), named("bob", "bob"))
		equal(t, len(script.all()), 1)
	}
}

func TestRotationIsSentAgainUnderItsKey(t *testing.T) {
	client, script := scripted(t, "token", lost, answers(200, `{"id":"wh_1","secret":"whsec_2"}`))
	webhook, err := client.Webhooks.RotateSecret(ctx, "wh_1")
	if err != nil {
		t.Fatal(err)
	}
	keys := script.each(func(s sent) string { return s.header.Get("Idempotency-Key") })
	equal(t, []any{webhook.Secret, len(keys[0]), keys[1]}, []any{"whsec_2", 32, keys[0]})
}
