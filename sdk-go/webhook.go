package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const webhookTolerance = 5 * time.Minute

// Standard Webhooks 1.0: 24 to 64 bytes. A shorter key, such as that of an empty setting, can be guessed.
const leastSecretBytes = 24

// VerifyWebhook reads the event of a webhook request, once it is proven to come from the service (Standard Webhooks 1.0). The
// payload is the body as it came; the secrets are what the endpoint was made with, two while one is being rotated. It fails with
// "invalid_signature", and with "invalid_secret" if any secret is empty, no base64, or shorter than 24 bytes: also if another one is
// right.
func VerifyWebhook(payload []byte, header http.Header, secrets ...string) (*Event, error) {
	return verifyWebhook(payload, header, time.Now(), secrets)
}

func verifyWebhook(payload []byte, header http.Header, now time.Time, secrets []string) (*Event, error) {
	keys, err := readSecrets(secrets)
	if err != nil {
		return nil, err
	}
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	// Not ParseInt, which takes a sign.
	seconds, err := strconv.ParseUint(timestamp, 10, 62)
	if err != nil || math.Abs(float64(now.Unix()-int64(seconds))) > webhookTolerance.Seconds() {
		return nil, &Error{Code: CodeInvalidSignature, Detail: "The timestamp is too old or missing."}
	}
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.", id, timestamp)
		mac.Write(payload)
		if !isSignedWith(header.Get("webhook-signature"), mac.Sum(nil)) {
			continue
		}
		event := &Event{}
		if err := json.Unmarshal(payload, event); err != nil {
			return nil, &Error{Code: CodeUnexpectedResponse, Detail: "The payload is not an event.", Err: err}
		}
		return event, nil
	}
	return nil, &Error{Code: CodeInvalidSignature, Detail: "The signature does not match."}
}

// readSecrets refuses one that is none although others are right: it must not wait until they are gone.
func readSecrets(secrets []string) ([][]byte, error) {
	wrong := func(which string) error {
		return &Error{Code: CodeInvalidSecret, Detail: fmt.Sprintf(
			"%s is no secret of a webhook: it must be whsec_… as the service gave it, at least %d bytes in base64.", which, leastSecretBytes)}
	}
	if len(secrets) == 0 {
		return nil, wrong("None")
	}
	keys := make([][]byte, len(secrets))
	for i, secret := range secrets {
		text := strings.TrimPrefix(strings.TrimSpace(secret), "whsec_")
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) < leastSecretBytes || strings.ContainsAny(text, "\r\n") {
			return nil, wrong(fmt.Sprintf("Number %d of %d", i+1, len(secrets)))
		}
		keys[i] = key
	}
	return keys, nil
}

func isSignedWith(signatures string, wanted []byte) bool {
	for _, signature := range strings.Fields(signatures) {
		if !strings.HasPrefix(signature, "v1,") {
			continue
		}
		given, err := base64.StdEncoding.DecodeString(signature[len("v1,"):])
		if err == nil && hmac.Equal(given, wanted) {
			return true
		}
	}
	return false
}
