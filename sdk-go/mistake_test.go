package sdk

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestABaseURLThatIsNoneIsRefused(t *testing.T) {
	for _, wrong := range []string{"", "localhost:8787", "/api", "ftp://customers.example.com"} {
		_, err := NewClient("token", WithBaseURL(wrong)).Customers.Me(context.Background())
		var failed *Error
		if !errors.As(err, &failed) || failed.Code != CodeInvalidBaseURL {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestAForgottenSessionIsSaid(t *testing.T) {
	refuse := func(w http.ResponseWriter) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(`{"code":"caller_not_allowed","detail":"No.","callers":["shopper"]}`))
	}
	client, _ := scripted(t, "token", refuse, refuse)
	_, err := client.Customers.Me(context.Background())
	if err == nil || !strings.Contains(err.Error(), "Nobody is logged in") {
		t.Error(err)
	}
	client.SetToken("a-shopper")
	if _, err = client.Customers.Me(context.Background()); strings.Contains(err.Error(), "Nobody") {
		t.Error(err)
	}
}

func TestAClientWithoutItsSecretAsksForNoToken(t *testing.T) {
	refuse := func(w http.ResponseWriter) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"code":"unauthenticated","detail":"No token."}`))
	}
	client, script := scripted(t, "demo:", refuse)
	_, err := client.Customers.Me(context.Background())
	if err == nil || !strings.Contains(err.Error(), "The call carried no token") {
		t.Error(err)
	}
	if sent := script.all(); len(sent) != 1 {
		t.Errorf("%d requests", len(sent))
	}
}
