package sdk

import "testing"

func TestPasskeyLoginIsAskedForByTheClientAndNotByTheSession(t *testing.T) {
	session := answers(200, `{"accessToken":"a","refreshToken":"r","userId":"cust_1"}`)
	client, script := scripted(t, "token", answers(200, `{"challenge":"c","rpId":"shop.example"}`), session)
	client.SetToken("access")
	asked, err := client.Passkeys.LoginOptions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, asked.RpID, "shop.example")
	opened, err := client.Passkeys.Login(ctx, &PasskeyAssertion{ID: "id"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, opened.UserID, "cust_1")
	for _, sent := range script.all() {
		equal(t, sent.header.Get("Authorization"), "Bearer token")
	}
}

func TestPasskeyLoginThatIsLostIsNotRepeated(t *testing.T) {
	client, script := scripted(t, "token", lost)
	_, err := client.Passkeys.Login(ctx, &PasskeyAssertion{ID: "id"})
	if err == nil {
		t.Fatal("it was repeated")
	}
	equal(t, len(script.all()), 1)
}
