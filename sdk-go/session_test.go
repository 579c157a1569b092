package sdk

import (
	"net/http"
	"sync"
	"testing"
)

func sessionOf(number string) *Session {
	return &Session{AccessToken: "access-" + number, RefreshToken: "refresh-" + number}
}

func renewed(number string) step {
	return answers(200, `{"accessToken":"access-`+number+`","refreshToken":"refresh-`+number+`"}`)
}

func mustFail(t *testing.T, code string, err error) {
	t.Helper()
	equal(t, failure(t, err).Code, code)
}

func retrieve(client *Client) error {
	_, err := client.Customers.Retrieve(ctx, "cust_1")
	return err
}

// Two clients of one service, and what both of them sent.
func sharing(t *testing.T, steps ...step) (*Client, *Client, *script) {
	one, script := scripted(t, "token", steps...)
	two := NewClient("token", WithBaseURL(script.URL), WithSessionOf(one))
	two.transport.sleep = one.transport.sleep
	return one, two, script
}

func TestClientsThatShareASessionShareItsRefreshAndItsEnd(t *testing.T) {
	expired, ok := refuses(401, "invalid_token"), answers(200, jane)
	one, two, script := sharing(t, ok, expired, renewed("2"), ok, ok, expired, refuses(401, "session_ended"))
	one.SetSession(sessionOf("1"))
	for _, client := range []*Client{two, one, two} {
		if err := retrieve(client); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, two.Session().AccessToken, "access-2")
	mustFail(t, "session_ended", retrieve(one))
	for _, client := range []*Client{one, two, NewClient("token", WithBaseURL(script.URL), WithSessionOf(one))} {
		mustFail(t, "session_ended", retrieve(client))
		mustFail(t, "session_ended", retrieve(client))
	}
	equal(t, script.each(bearer), []string{"Bearer access-1", "Bearer access-1", "", "Bearer access-2", "Bearer access-2", "Bearer access-2", ""})
}

func TestSessionThatAnotherClientDroppedIsNotGoneOnWithAsTheClient(t *testing.T) {
	one, two, script := sharing(t, answers(204, ""), answers(200, jane), answers(200, jane))
	one.SetSession(sessionOf("1"))
	two = NewClient("token", WithBaseURL(script.URL), WithSessionOf(one))
	if err := one.Auth.Logout(ctx); err != nil {
		t.Fatal(err)
	}
	mustFail(t, "session_ended", retrieve(two))
	two.SetToken("")
	for _, client := range []*Client{one, two} {
		if err := retrieve(client); err != nil {
			t.Fatal(err)
		}
	}
	equal(t, script.each(bearer), []string{"Bearer access-1", "Bearer token", "Bearer token"})
}

func TestSessionThatIsDroppedIsNotGoneOnWithAsTheClientByACallOnItsWay(t *testing.T) {
	for _, steps := range [][]step{
		{refuses(503, "database_unavailable")},
		{refuses(401, "invalid_token"), renewed("2")},
	} {
		var client *Client
		last := len(steps) - 1
		dropping := steps[last]
		steps[last] = func(w http.ResponseWriter) {
			client.SetSession(nil)
			dropping(w)
		}
		client, script := scripted(t, "token", append(steps, answers(200, jane))...)
		client.SetSession(sessionOf("1"))
		mustFail(t, "session_ended", retrieve(client))
		equal(t, len(script.all()), len(steps))
		if err := retrieve(client); err != nil {
			t.Fatal(err)
		}
		equal(t, bearer(script.all()[len(steps)]), "Bearer token")
	}
}

func TestClientsThatHoldCopiesOfASessionEndItAndNeitherGoesOnAsTheClient(t *testing.T) {
	expired, over := refuses(401, "invalid_token"), refuses(401, "session_ended")
	one, script := scripted(t, "token", expired, renewed("2"), answers(200, jane), expired, over, expired, over)
	two := NewClient("token", WithBaseURL(script.URL))
	one.SetSession(sessionOf("1"))
	two.SetSession(sessionOf("1"))
	if err := retrieve(one); err != nil {
		t.Fatal(err)
	}
	for _, client := range []*Client{two, one, two, one} {
		mustFail(t, "session_ended", retrieve(client))
	}
	equal(t, len(script.all()), 7)
}

func TestGoroutinesOfAnEndedSessionNeverGoOnAsTheClient(t *testing.T) {
	client, script := scripted(t, "token")
	script.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer token" {
			t.Error("it goes on as the client")
		}
		if r.URL.Path == "/auth/refresh" {
			refuses(401, "session_ended")(w)
			return
		}
		refuses(401, "invalid_token")(w)
	})
	client.SetSession(sessionOf("1"))
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := retrieve(client); failure(t, err).Code != "session_ended" {
				t.Error(err)
			}
		}()
	}
	all.Wait()
}

func TestSessionThatIsSetDuringARefreshIsKept(t *testing.T) {
	for name, answer := range map[string]step{"that is answered": renewed("2"), "that is refused": refuses(401, "session_ended")} {
		t.Run(name, func(t *testing.T) {
			var client *Client
			replacing := func(w http.ResponseWriter) {
				client.SetSession(sessionOf("7"))
				answer(w)
			}
			client, _ = scripted(t, "token", refuses(401, "invalid_token"), replacing, answers(200, jane))
			client.SetSession(sessionOf("1"))
			_ = retrieve(client)
			equal(t, client.Session(), sessionOf("7"))
		})
	}
}

func TestSessionsThatComeAndGoDuringRefreshesAreSafe(t *testing.T) {
	client, script := scripted(t, "token")
	script.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/auth/refresh":
			renewed("2")(w)
		case r.Header.Get("Authorization") == "Bearer access-1":
			refuses(401, "invalid_token")(w)
		default:
			answers(200, jane)(w)
		}
	})
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		all.Add(2)
		go func() {
			defer all.Done()
			client.SetSession(sessionOf("1"))
			client.SetToken("")
		}()
		go func() {
			defer all.Done()
			_ = retrieve(client)
		}()
	}
	all.Wait()
}

func TestRefreshWhoseReplyIsLostIsRepeatedWithTheSameToken(t *testing.T) {
	client, script := scripted(t, "token", refuses(401, "invalid_token"), lost, answers(503, ""), renewed("2"), answers(200, jane))
	client.SetSession(sessionOf("1"))
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	for _, try := range script.all()[1:4] {
		equal(t, try.body, `{"refreshToken":"refresh-1"}`)
	}
	equal(t, client.Session(), sessionOf("2"))
}

func TestLinkOfAMailIsUsedAfterTheSessionHasEnded(t *testing.T) {
	client, script := scripted(t, "token", refuses(401, "invalid_token"), refuses(401, "session_ended"), answers(204, ""), renewed("2"))
	client.SetSession(sessionOf("1"))
	mustFail(t, "session_ended", retrieve(client))
	if err := client.Auth.ResetPassword(ctx, &ResetPassword{Token: "x", Password: "y"}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Auth.VerifyEmail(ctx, &VerifyEmail{Token: "x"}); err != nil {
		t.Fatal(err)
	}
	mustFail(t, "session_ended", client.Auth.ChangePassword(ctx, &ChangePassword{}))
	if err := client.Auth.Logout(ctx); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(bearer)[2:], []string{"Bearer token", "Bearer token"})
}

func TestReauthenticateTakesThePlaceOfItsSession(t *testing.T) {
	for name, one := range map[string]struct {
		meanwhile func(*Client)
		token     string
	}{
		"nothing":                {func(*Client) {}, "access-next"},
		"the end of the session": {func(c *Client) { c.transport.tokens.login.replace(c.transport.tokens.login.session, nil) }, "access-next"},
		"a logout":               {func(c *Client) { c.SetSession(nil) }, ""},
		"another shopper":        {func(c *Client) { c.SetSession(sessionOf("bob")) }, "access-bob"},
	} {
		t.Run(name, func(t *testing.T) {
			var client *Client
			client, _ = scripted(t, "token", func(w http.ResponseWriter) {
				one.meanwhile(client)
				renewed("next")(w)
			})
			client.SetSession(sessionOf("ann"))
			if _, err := client.Auth.Reauthenticate(ctx, &Reauthenticate{Password: "correct horse battery"}); err != nil {
				t.Fatal(err)
			}
			token := ""
			if session := client.Session(); session != nil {
				token = session.AccessToken
			}
			equal(t, token, one.token)
		})
	}
}
