package sdk

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

var ctx = context.Background()

const jane = `{"id":"cust_1","email":"jane@example.com","firstName":"Jane"}`

func same(got, want any) bool { return reflect.DeepEqual(got, want) }

func failure(t *testing.T, err error) *Error {
	t.Helper()
	var failed *Error
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want an *Error", err)
	}
	return failed
}

func TestReadIsSentAgainAfterWhatPasses(t *testing.T) {
	for name, fault := range map[string]step{
		"lost": lost,
		"502":  answers(502, "<h1>Bad gateway</h1>"),
		"503":  refuses(503, "database_unavailable", "Retry-After", "1"),
		"504":  answers(504, ""),
		"429":  refuses(429, "too_many_requests", "Retry-After", "1"),
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := scripted(t, "token", fault, fault, answers(200, jane, "ETag", `W/"1"`))
			customer, err := client.Customers.Retrieve(ctx, "cust_1")
			if err != nil {
				t.Fatal(err)
			}
			equal(t, []string{customer.Email, customer.ETag}, []string{"jane@example.com", `W/"1"`})
		})
	}
}

func TestPostKeepsItsKeyOnEveryTry(t *testing.T) {
	client, script := scripted(t, "token", lost, answers(503, ""), answers(201, jane), answers(201, jane), answers(201, jane))
	for _, options := range [][]CallOption{nil, nil, {WithIdempotencyKey("order-17")}} {
		if _, err := client.Customers.Create(ctx, &CustomerInput{Email: "jane@example.com"}, options...); err != nil {
			t.Fatal(err)
		}
	}
	keys := script.each(func(s sent) string { return s.header.Get("Idempotency-Key") })
	if len(keys[0]) != 32 || keys[1] != keys[0] || keys[2] != keys[0] || keys[3] == keys[0] {
		t.Fatalf("got %v", keys)
	}
	equal(t, keys[4], "order-17")
	equal(t, script.all()[0].body, `{"email":"jane@example.com"}`)
}

func TestRefusalIsFinalAndSaysWhy(t *testing.T) {
	client, script := scripted(t, "token", answers(422, `{"code":"invalid_input","detail":"Some fields are not as they should be.",
		"errors":[{"path":"email","code":"invalid_email","message":"Must be an e-mail address."}]}`))
	_, err := client.Customers.Create(ctx, &CustomerInput{Email: "nobody"})
	failed := failure(t, err)
	equal(t, []any{failed.Code, failed.Status, failed.RequestID}, []any{"invalid_input", 422, "req_1"})
	equal(t, failed.Errors, []FieldError{{"email", "invalid_email", "Must be an e-mail address."}})
	equal(t, failed.Error(), "Some fields are not as they should be. (422 invalid_input, req_1)")
	equal(t, len(script.all()), 1)
}

func TestServerErrorIsFinal(t *testing.T) {
	client, _ := scripted(t, "token", refuses(500, "internal"))
	_, err := client.Customers.Me(ctx)
	equal(t, failure(t, err).Code, "internal")
}

func TestChangeUnderIfMatchIsNotSentAgainBlindly(t *testing.T) {
	input := &UpdateCustomer{FirstName: Set("J"), Phone: Null[string](), Metadata: map[string]*string{"a": Ptr("1"), "b": nil}}
	client, script := scripted(t, "token", lost, answers(200, jane), lost, refuses(429, "too_many_requests"), answers(200, jane))
	if _, err := client.Customers.Update(ctx, "cust_1", input); err != nil {
		t.Fatal(err)
	}
	equal(t, script.all()[0].body, `{"firstName":"J","phone":null,"metadata":{"a":"1","b":null}}`)
	_, err := client.Customers.Update(ctx, "cust_1", input, WithIfMatch(`W/"1"`))
	equal(t, failure(t, err).Code, CodeNetworkError)
	equal(t, script.all()[2].header.Get("If-Match"), `W/"1"`)
	if _, err := client.Customers.Update(ctx, "cust_1", input, WithIfMatch(`W/"1"`)); err != nil {
		t.Fatal(err)
	}
}

// POSTs that no key makes safe to repeat.
var unkeyed = map[string]func(*Client) error{
	"a login": func(c *Client) error {
		_, err := c.Auth.Login(ctx, &LoginInput{Email: "a@example.com", Password: "secret"})
		return err
	},
	"a link of a mail": func(c *Client) error {
		_, err := c.Auth.VerifyEmail(ctx, &VerifyEmail{Token: "mt_1"})
		return err
	},
	"a test of a webhook": func(c *Client) error {
		_, err := c.Webhooks.Test(ctx, "wh_1")
		return err
	},
}

func TestPostThatWasTurnedAwayUnworkedIsSentAgainTwice(t *testing.T) {
	full := func(seconds string) step { return refuses(429, "too_many_requests", "Retry-After", seconds) }
	for name, ask := range unkeyed {
		t.Run(name, func(t *testing.T) {
			client, script := scripted(t, "token", full("1"), full("2"), answers(200, `{}`))
			equal(t, ask(client), nil)
			for i, least := range []time.Duration{time.Second, 2 * time.Second} {
				if wait := script.waits[i]; wait < least || wait > least+2*firstWait {
					t.Fatalf("waited %v", wait)
				}
			}
			client, script = scripted(t, "token", full("1"), full("1"), full("1"))
			equal(t, failure(t, ask(client)).Status, 429)
			equal(t, len(script.all()), 3)
			for fault, one := range map[string]step{
				"long":     full("3"),
				"untimed":  refuses(429, "too_many_attempts"),
				"lost":     lost,
				"502":      answers(502, ""),
				"database": refuses(503, "database_unavailable", "Retry-After", "1"),
			} {
				client, script = scripted(t, "token", one)
				if ask(client) == nil || len(script.all()) != 1 {
					t.Fatalf("%s: sent %d times", fault, len(script.all()))
				}
			}
		})
	}
}

func TestDeleteWhoseAnswerWasLostFindsTheCustomerGone(t *testing.T) {
	client, _ := scripted(t, "token", lost, refuses(404, "customer_not_found"), refuses(404, "customer_not_found"))
	if err := client.Customers.Delete(ctx, "cust_1"); err != nil {
		t.Fatal(err)
	}
	equal(t, failure(t, client.Customers.Delete(ctx, "cust_1")).Code, "customer_not_found")
}

func TestServiceSaysHowLongToWait(t *testing.T) {
	date := time.Now().Add(2 * time.Minute).UTC().Format(http.TimeFormat)
	client, script := scripted(t, "token", refuses(429, "too_many_requests", "Retry-After", "7"), answers(200, jane),
		refuses(429, "too_many_requests", "Retry-After", date))
	if _, err := client.Customers.Me(ctx); err != nil {
		t.Fatal(err)
	}
	if wait := script.waits[0]; wait < 7*time.Second || wait > 7*time.Second+firstWait {
		t.Fatalf("waited %v", wait)
	}
	_, err := client.Customers.Me(ctx)
	if failed := failure(t, err); failed.RetryAfter < 110*time.Second {
		t.Fatalf("got %v", failed.RetryAfter)
	}
}

func TestGivesUpAfterThreeMoreTries(t *testing.T) {
	client, script := scripted(t, "token", lost, lost, lost, lost)
	_, err := client.Customers.Me(ctx)
	failed := failure(t, err)
	equal(t, []any{failed.Code, failed.Status, len(script.all())}, []any{CodeNetworkError, 0, 4})
}

func TestLateAnswerIsNone(t *testing.T) {
	release := make(chan struct{})
	client, _ := scripted(t, "token", func(http.ResponseWriter) { <-release })
	defer close(release)
	client.transport.timeout, client.transport.retries = time.Millisecond, 0
	_, err := client.Customers.Me(ctx)
	equal(t, failure(t, err).Code, CodeTimeout)
}

func TestCallerMayEndIt(t *testing.T) {
	ending, end := context.WithCancel(ctx)
	client, script := scripted(t, "token", lost)
	client.transport.sleep = func(ctx context.Context, _ time.Duration) error {
		end()
		return sleep(ctx, time.Hour)
	}
	_, err := client.Customers.Me(ending)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	equal(t, len(script.all()), 1)
}

func TestMissingIDSendsNothing(t *testing.T) {
	client, script := scripted(t, "token")
	for _, id := range []string{"", ".", ".."} {
		_, err := client.Customers.Retrieve(ctx, id)
		equal(t, failure(t, err).Code, CodeMissingID)
	}
	equal(t, len(script.all()), 0)
}

func TestSearchSendsItsQueryInTheBodyPageByPage(t *testing.T) {
	client, script := scripted(t, "token", answers(200, `{"data":[{"id":"a"}],"pagination":{"nextCursor":"c1"}}`),
		refuses(503, "database_unavailable"), answers(200, `{"data":[{"id":"b"}],"pagination":{"nextCursor":null}}`))
	list := client.Customers.Search(ctx, &SearchCustomers{Q: "felix 10115", MaxOrders: Ptr[int64](0)})
	ids := ""
	for list.Next() {
		ids += list.Value().ID
	}
	equal(t, ids, "ab")
	equal(t, list.Err(), nil)
	equal(t, script.each(func(s sent) string { return s.method + s.path + s.header.Get("Idempotency-Key") + s.body }), []string{
		`POST/customer/search{"maxOrders":0,"q":"felix 10115"}`,
		`POST/customer/search{"cursor":"c1","maxOrders":0,"q":"felix 10115"}`,
		`POST/customer/search{"cursor":"c1","maxOrders":0,"q":"felix 10115"}`,
	})
}

func TestListGoesThroughEveryPageOverEmptyOnesToo(t *testing.T) {
	page := func(data, cursor string) step {
		return answers(200, `{"data":[`+data+`],"pagination":{"limit":2,"hasMore":true,"nextCursor":`+cursor+`}}`)
	}
	client, script := scripted(t, "token", page(`{"id":"a"},{"id":"b"}`, `"c1"`), page(``, `"c2"`), page(`{"id":"c"}`, `null`),
		page(`{"id":"a"}`, `"c1"`), refuses(422, "invalid_cursor"))
	list := client.Customers.List(ctx, &CustomerListParams{Group: []string{"vip", "b2b"}, MaxOrders: Ptr[int64](0), Limit: 2})
	ids := ""
	for list.Next() {
		ids += list.Value().ID
	}
	equal(t, ids, "abc")
	equal(t, list.Err(), nil)
	equal(t, list.Next(), false)
	equal(t, script.each(func(s sent) string { return s.path }), []string{
		"/customer?group=vip&group=b2b&limit=2&maxOrders=0",
		"/customer?cursor=c1&group=vip&group=b2b&limit=2&maxOrders=0",
		"/customer?cursor=c2&group=vip&group=b2b&limit=2&maxOrders=0",
	})
	byKey := queryOf(&CustomerListParams{Metadata: map[string]string{"tier": "gold"}, HasOrders: Ptr(false)})
	equal(t, byKey.Encode(), "hasOrders=false&metadata.tier=gold")
	broken := client.Customers.List(ctx, nil)
	equal(t, []bool{broken.Next(), broken.Next(), broken.Next()}, []bool{true, false, false})
	equal(t, failure(t, broken.Err()).Code, "invalid_cursor")
}

func TestClientGetsOneTokenForAllAndAnotherWhenItHasExpired(t *testing.T) {
	grant := func(token string) step { return answers(200, `{"access_token":"`+token+`"}`) }
	ok := answers(200, jane)
	client, script := scripted(t, "dev:secret & more", grant("one"), ok, ok, ok, refuses(401, "invalid_token"), grant("two"), ok)
	var all sync.WaitGroup
	for i := 0; i < 3; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := client.Customers.Retrieve(ctx, "cust_1"); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	if _, err := client.Customers.Retrieve(ctx, "cust_1"); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(bearer), []string{"", "Bearer one", "Bearer one", "Bearer one", "Bearer one", "", "Bearer two"})
	equal(t, script.all()[0].body, "client_id=dev&client_secret=secret+%26+more&grant_type=client_credentials")
}

func TestParallelCallsShareOneRefresh(t *testing.T) {
	var mutex sync.Mutex
	refreshes := 0
	client, script := scripted(t, "token")
	script.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		defer mutex.Unlock()
		switch {
		case r.URL.Path == "/auth/refresh":
			refreshes++
			answers(200, `{"accessToken":"access-2","refreshToken":"refresh-2"}`)(w)
		case r.Header.Get("Authorization") == "Bearer access-2":
			answers(200, jane)(w)
		default:
			refuses(401, "invalid_token")(w)
		}
	})
	client.SetSession(&Session{AccessToken: "access-1", RefreshToken: "refresh-1"})
	var all sync.WaitGroup
	for i := 0; i < 10; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := client.Auth.Me(ctx); err != nil {
				t.Error(err)
			}
		}()
	}
	all.Wait()
	equal(t, refreshes, 1)
	equal(t, client.Session().RefreshToken, "refresh-2")
}

func TestEndedSessionIsNotGoneOnWithAsTheClient(t *testing.T) {
	client, script := scripted(t, "token", refuses(401, "invalid_token"), refuses(401, "session_ended"), answers(200, jane))
	client.SetSession(&Session{AccessToken: "access-1", RefreshToken: "refresh-1"})
	for i := 0; i < 2; i++ {
		_, err := client.Customers.Me(ctx)
		equal(t, failure(t, err).Code, "session_ended")
	}
	if client.Session() != nil {
		t.Fatal("there is a session")
	}
	client.SetToken("")
	if _, err := client.Customers.Retrieve(ctx, "cust_1"); err != nil {
		t.Fatal(err)
	}
	equal(t, script.each(bearer), []string{"Bearer access-1", "", "Bearer token"})
}

func TestLoginIsNotSentAgain(t *testing.T) {
	client, script := scripted(t, "token", lost)
	_, err := client.Auth.Login(ctx, &LoginInput{Email: "a@example.com", Password: "secret"})
	equal(t, failure(t, err).Code, CodeNetworkError)
	equal(t, len(script.all()), 1)
	if strings.Contains(err.Error(), "secret") {
		t.Fatal("the password is in the error")
	}
}

func TestAfterLogoutNobodyIsLoggedIn(t *testing.T) {
	for _, answer := range []step{answers(204, ""), refuses(401, "session_ended")} {
		client, script := scripted(t, "token", answer)
		client.SetSession(&Session{AccessToken: "access-1", RefreshToken: "refresh-1"})
		if err := client.Auth.Logout(ctx); err != nil {
			t.Fatal(err)
		}
		equal(t, script.all()[0].body, `{"refreshToken":"refresh-1"}`)
		if client.Session() != nil {
			t.Fatal("there is a session")
		}
	}
}
