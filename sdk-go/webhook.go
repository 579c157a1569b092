package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const webhookTolerance = 5 * time.Minute

// VerifyWebhook reads the event of a webhook request, once it is proven to come from the service (Standard Webhooks 1.0). The
// payload is the body as it came; the secrets are what the endpoint was made with, two while one is being rotated. It fails with
// "invalid_signature".
func VerifyWebhook(payload []byte, header http.Header, secrets ...string) (*Event, error) {
	return verifyWebhook(payload, header, time.Now(), secrets)
}

func verifyWebhook(payload []byte, header http.Header, now time.Time, secrets []string) (*Event, error) {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || math.Abs(float64(now.Unix()-seconds)) > webhookTolerance.Seconds() {
		return nil, &Error{Code: CodeInvalidSignature, Detail: "The timestamp is too old or missing."}
	}
	for _, secret := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			return nil, errors.New("the secret must be whsec_… as the service gave it")
		}
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
