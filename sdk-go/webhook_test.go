package sdk

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestWebhookIsReadWhenItIsSigned(t *testing.T) {
	const payload = `{"id":"evt_1","type":"customer.created","sequence":1}`
	key, other := []byte("a key of the endpoint's own"), []byte("the key of another endpoint")
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
	for _, timestamp := range []string{"", "+1767323045", "-1767323045", " 1767323045", "1767323045.0", "0x69573165", "1_767_323_045"} {
		given := header(good, now)
		given.Set("webhook-timestamp", timestamp)
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("evt_1." + timestamp + "." + payload))
		given.Set("webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		if _, err := verifyWebhook([]byte(payload), given, now, []string{secret}); failure(t, err).Code != CodeInvalidSignature {
			t.Error(timestamp, err)
		}
	}
	for _, body := range []string{"\xef\xbb\xbf" + payload, strings.Replace(payload, "evt", "\xff", 1)} {
		if _, err := verifyWebhook([]byte(body), header(good, now), now, []string{secret}); failure(t, err).Code != CodeInvalidSignature {
			t.Error(body, err)
		}
	}
}

// Each would make a key that anybody knows or finds.
func TestSecretThatIsNoneIsRefusedWhereverItStands(t *testing.T) {
	const payload = `{"id":"evt_1"}`
	encode := base64.StdEncoding.EncodeToString
	right := bytes.Repeat([]byte{7}, 24)
	secret := "whsec_" + encode(right)
	now := time.Unix(1_767_323_045, 0)
	signed := func(key []byte) http.Header {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("evt_1.1767323045." + payload))
		h := http.Header{}
		h.Set("webhook-id", "evt_1")
		h.Set("webhook-timestamp", "1767323045")
		h.Set("webhook-signature", "v1,"+encode(mac.Sum(nil)))
		return h
	}
	for _, wrong := range []string{
		"", " \n", "whsec_", "whsec_ ", "whsec_====", "whsec_" + encode([]byte{0}), "whsec_" + encode(right[:23]), "whsec_*",
		"whsec_" + strings.Repeat("_", 32), strings.TrimRight("whsec_"+encode(append(right, 7)), "="), "undefined", "whsec_" + secret,
		"whsk_" + encode(right), secret[:10] + "\n" + secret[10:],
	} {
		key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(wrong, "whsec_"))
		for position, secrets := range map[string][]string{
			"Number 1 of 1": {wrong}, "Number 1 of 2": {wrong, secret}, "Number 2 of 2": {secret, wrong},
		} {
			for _, header := range []http.Header{signed(right), signed(key), signed(nil)} {
				_, err := verifyWebhook([]byte(payload), header, now, secrets)
				if f := failure(t, err); f.Code != CodeInvalidSecret || !strings.Contains(f.Detail, position) {
					t.Errorf("%q, %s: %v", wrong, position, err)
				}
			}
		}
	}
	if _, err := verifyWebhook([]byte(payload), signed(nil), now, nil); failure(t, err).Code != CodeInvalidSecret {
		t.Error("none at all", err)
	}
	if _, err := verifyWebhook([]byte(payload), signed(right), now, []string{secret + "\n"}); err != nil {
		t.Error("from a file", err)
	}
}
