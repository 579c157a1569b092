package sdk

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// They have tests of their own, are read from the answer itself, or are for people.
var readOtherwise = map[string]bool{
	"type": true, "title": true, "status": true, "requestId": true, "retryAfter": true, "errors": true, "why": true,
}

func TestErrorHasEveryMemberOfARefusal(t *testing.T) {
	text, err := os.ReadFile("../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct {
			Schemas struct {
				Problem struct {
					Properties map[string]struct {
						Type string `json:"type"`
					} `json:"properties"`
				}
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	examples := map[string]string{"string": `"told"`, "array": `["told"]`, "integer": "1"}
	for name, property := range document.Components.Schemas.Problem.Properties {
		if readOtherwise[name] {
			continue
		}
		found := errorOf(&answer{body: []byte(`{"` + name + `":` + examples[property.Type] + `}`)})
		field := reflect.ValueOf(*found).FieldByNameFunc(func(own string) bool { return strings.EqualFold(own, name) })
		if !field.IsValid() || field.IsZero() {
			t.Errorf("%s of a refusal is not in the error", name)
		}
	}
}
