package sdk

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// What is not for the client, or what it does by itself.
var unneeded = regexp.MustCompile(`^((GET|POST) /oauth/|GET /\.well-known/|GET /$|GET /healthz|GET /readyz|GET /openapi\.json|GET /drift)`)

func TestEveryRouteCanBeCalled(t *testing.T) {
	called := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		called[r.Method+" "+r.URL.Path] = true
		answers(200, `{"data":[],"pagination":{"nextCursor":null}}`)(w)
	}))
	defer server.Close()
	client := NewClient("token", WithBaseURL(server.URL))
	resources := reflect.ValueOf(*client)
	for i := 0; i < resources.NumField(); i++ {
		if resources.Type().Field(i).IsExported() {
			callAll(client, resources.Field(i))
		}
	}
	for _, route := range documentedRoutes(t) {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\{\w+\}`).ReplaceAllString(route, `[^/]+`) + "$")
		if !unneeded.MatchString(route) && !anyMatches(pattern, called) {
			t.Errorf("%s cannot be called", route)
		}
	}
}

func callAll(client *Client, resource reflect.Value) {
	for i := 0; i < resource.NumMethod(); i++ {
		method := resource.Method(i)
		arguments := []reflect.Value{}
		for n := 0; n < method.Type().NumIn(); n++ {
			if kind := method.Type().In(n); !(method.Type().IsVariadic() && n == method.Type().NumIn()-1) {
				arguments = append(arguments, exampleOf(kind))
			}
		}
		client.SetToken("access")
		if next := method.Call(arguments)[0].MethodByName("Next"); next.IsValid() {
			next.Call(nil)
		}
	}
}

func exampleOf(kind reflect.Type) reflect.Value {
	switch kind.Kind() {
	case reflect.String:
		return reflect.ValueOf("example")
	case reflect.Pointer:
		return reflect.New(kind.Elem())
	case reflect.Interface:
		return reflect.ValueOf(ctx)
	default:
		return reflect.Zero(kind)
	}
}

func documentedRoutes(t *testing.T) []string {
	text, err := os.ReadFile("../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	routes := []string{}
	for path, methods := range document.Paths {
		for method := range methods {
			routes = append(routes, strings.ToUpper(method)+" "+path)
		}
	}
	return routes
}

func anyMatches(pattern *regexp.Regexp, routes map[string]bool) bool {
	for route := range routes {
		if pattern.MatchString(route) {
			return true
		}
	}
	return false
}
