package sdk

import (
	"encoding/json"
	"strings"
	"testing"
)

func onDevice(name string) *Session {
	session := named(name, name)
	device := "dt_" + name
	session.DeviceToken = &device
	return session
}

func gives(name string) step {
	body, _ := json.Marshal(onDevice(name))
	return answers(200, string(body))
}

// What the next call of each kind that names a device says of it.
func said(t *testing.T, client *Client, script *script, own string) []string {
	t.Helper()
	before := len(script.all())
	script.steps = append(script.steps[:before:before], gives("x"), answers(202, ""), answers(202, ""), answers(202, "{}"), gives("x"))
	if _, err := client.Auth.Login(ctx, &LoginInput{Email: "a@example.com", DeviceToken: own}); err != nil {
		t.Fatal(err)
	}
	if err := client.Auth.RequestPasswordReset(ctx, &ForgotPassword{Email: "a@example.com", DeviceToken: own}); err != nil {
		t.Fatal(err)
	}
	if err := client.Auth.ResendVerification(ctx, &ResendVerification{Email: "a@example.com", DeviceToken: own}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Auth.RequestCode(ctx, &RequestCode{Email: "a@example.com", DeviceToken: own}); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Auth.LoginWithCode(ctx, &VerifyCode{Email: "a@example.com", DeviceToken: own}); err != nil {
		t.Fatal(err)
	}
	return script.each(func(s sent) string {
		var body struct{ DeviceToken string }
		_ = json.Unmarshal([]byte(s.body), &body)
		return body.DeviceToken
	})[before:]
}

func eachTime(text string) []string { return []string{text, text, text, text, text} }

func TestDeviceThatHasLoggedInIsNamed(t *testing.T) {
	expired, over := refuses(401, "invalid_token"), refuses(401, "session_ended")
	for name, one := range map[string]struct {
		steps   []step
		happens func(*Client)
	}{
		"while the session is set":      {nil, func(*Client) {}},
		"after the logout":              {[]step{answers(204, "")}, func(c *Client) { _ = c.Auth.Logout(ctx) }},
		"after a logout that failed":    {[]step{refuses(500, "internal")}, func(c *Client) { _ = c.Auth.Logout(ctx) }},
		"after the end of the session":  {[]step{expired, over}, func(c *Client) { _ = retrieve(c) }},
		"after nobody is meant":         {nil, func(c *Client) { c.SetToken("") }},
		"after a token without its own": {nil, func(c *Client) { c.SetToken("access-bob") }},
	} {
		t.Run(name, func(t *testing.T) {
			client, script := scripted(t, "token", one.steps...)
			client.SetSession(onDevice("ann"))
			one.happens(client)
			equal(t, len(script.all()), len(one.steps))
			equal(t, said(t, client, script, ""), eachTime("dt_ann"))
			equal(t, said(t, client, script, "dt_own"), eachTime("dt_own"))
		})
	}
}

func TestDeviceIsThatOfTheLatestSession(t *testing.T) {
	client, script := scripted(t, "token", refuses(401, "invalid_token"), gives("ann2"), answers(200, jane))
	client.SetSession(named("ann", "ann2"))
	if err := retrieve(client); err != nil {
		t.Fatal(err)
	}
	equal(t, said(t, client, script, ""), eachTime("dt_ann2"))
	client.SetSession(onDevice("bob"))
	equal(t, said(t, client, script, ""), eachTime("dt_bob"))
}

func TestClientsThatShareASessionShareItsDevice(t *testing.T) {
	one, two, script := sharing(t)
	one.SetSession(onDevice("ann"))
	one.SetSession(nil)
	equal(t, said(t, two, script, ""), eachTime("dt_ann"))
}

func TestServerThatAsksForManyShoppersMixesUpNoDevices(t *testing.T) {
	for name, call := range map[string]func(*Auth) error{
		"a login": func(a *Auth) error {
			_, err := a.Login(ctx, &LoginInput{})
			return err
		},
		"a proof": func(a *Auth) error {
			_, err := a.VerifyEmail(ctx, &VerifyEmail{})
			return err
		},
		"a new address": func(a *Auth) error {
			_, err := a.ConfirmEmail(ctx, &ConfirmEmail{})
			return err
		},
		"a refresh": func(a *Auth) error {
			_, err := a.Refresh(ctx, "refresh-ann")
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			client, script := scripted(t, "token", gives("ann"))
			if err := call(client.Auth); err != nil {
				t.Fatal(err)
			}
			equal(t, said(t, client, script, ""), eachTime(""))
		})
	}
}

func TestDeviceLeavesTheInputAsItIs(t *testing.T) {
	client, script := scripted(t, "token", gives("ann"), refuses(422, "invalid_input"))
	client.SetSession(onDevice("ann"))
	input := &LoginInput{Email: "a@example.com"}
	if _, err := client.Auth.Login(ctx, input); err != nil {
		t.Fatal(err)
	}
	equal(t, input.DeviceToken, "")
	_, err := client.Auth.Login(ctx, nil)
	mustFail(t, "invalid_input", err)
	equal(t, strings.Contains(script.all()[1].body, "dt_ann"), true)
}
