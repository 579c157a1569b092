package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"testing"
	"time"
)

func TestWebhookIsReadWhenItIsSigned(t *testing.T) {
	const payload = `{"id":"evt_1","type":"customer.created","sequence":1}`
	key, other := []byte("a key of the endpoint's own"), []byte("another key")
	secret := "whsec_" + base64.StdEncoding.EncodeToString(key)
	now := time.Unix(1_767_323_045, 0)
	sign := func(key []byte, id string, at time.Time, body string) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "." + body))
		return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	header := func(signature string, at time.Time) http.Header {
		h := http.Header{}
		h.Set("webhook-id", "evt_1")
		h.Set("webhook-timestamp", strconv.FormatInt(at.Unix(), 10))
		h.Set("webhook-signature", signature)
		return h
	}
	good := sign(key, "evt_1", now, payload)
	for name, given := range map[string]http.Header{
		"one":      header(good, now),
		"rotating": header(sign(other, "evt_1", now, payload)+" "+good, now),
	} {
		event, err := verifyWebhook([]byte(payload), given, now, []string{secret})
		if err != nil {
			t.Fatal(name, err)
		}
		equal(t, event.Type, "customer.created")
	}
	for name, given := range map[string]http.Header{
		"another key":  header(sign(other, "evt_1", now, payload), now),
		"another body": header(sign(key, "evt_1", now, payload+" "), now),
		"another id":   header(sign(key, "evt_2", now, payload), now),
		"old":          header(sign(key, "evt_1", now.Add(-301*time.Second), payload), now.Add(-301*time.Second)),
		"of tomorrow":  header(sign(key, "evt_1", now.Add(301*time.Second), payload), now.Add(301*time.Second)),
		"not base64":   header("v1,*", now),
		"unsigned":     {},
	} {
		_, err := verifyWebhook([]byte(payload), given, now, []string{secret})
		if failure(t, err).Code != CodeInvalidSignature {
			t.Error(name, err)
		}
	}
	if _, err := verifyWebhook([]byte(payload), header(good, now), now, []string{"whsec_*"}); err == nil {
		t.Error("a secret that is none")
	}
}
