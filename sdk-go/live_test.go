//go:build live

package sdk

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// Against the service at COMMERCE_URL, which has the development client "dev:dev".
func live(t *testing.T) *Client {
	t.Helper()
	url := os.Getenv("COMMERCE_URL")
	if url == "" {
		t.Fatal("COMMERCE_URL says where the service is")
	}
	return NewClient("dev:dev", WithBaseURL(url))
}

func someone() *CustomerInput {
	return &CustomerInput{
		Email:     fmt.Sprintf("go%d@example.com", time.Now().UnixNano()),
		FirstName: "Jane",
		LastName:  "Doe",
		Password:  "correct horse battery",
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestLiveCustomer(t *testing.T) {
	client := live(t)
	input := someone()
	made := must[*Customer](t)(client.Customers.Create(ctx, input))
	equal(t, []string{made.Email, *made.FirstName, made.Status}, []string{input.Email, "Jane", "unverified"})
	_, err := client.Customers.Create(ctx, input)
	equal(t, failure(t, err).Code, "email_taken")
	found := must[*Customer](t)(client.Customers.FindOrCreate(ctx, input))
	equal(t, found.ID, made.ID)

	change := &UpdateCustomer{LastName: Null[string](), Metadata: map[string]*string{"size": Ptr("L")}}
	changed := must[*Customer](t)(client.Customers.Update(ctx, made.ID, change, WithIfMatch(made.ETag)))
	equal(t, changed.Metadata, map[string]string{"size": "L"})
	if changed.LastName != nil {
		t.Fatal("the last name is still there")
	}
	_, err = client.Customers.Update(ctx, made.ID, &UpdateCustomer{FirstName: Set("J")}, WithIfMatch(made.ETag))
	equal(t, failure(t, err).Code, "precondition_failed")

	_, err = client.Customers.Create(ctx, &CustomerInput{Email: "nobody"})
	equal(t, failure(t, err).Errors[0].Path, "email")

	if err := client.Customers.Delete(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	_, err = client.Customers.Retrieve(ctx, made.ID)
	equal(t, failure(t, err).Status, 404)
}

func TestLiveAddress(t *testing.T) {
	client := live(t)
	customer := must[*Customer](t)(client.Customers.Create(ctx, someone()))
	home := must[*Address](t)(client.Customers.AddAddress(ctx, customer.ID, &AddressInput{
		Label: "Home", Line1: "123 Main St", City: "San Francisco", State: "CA", PostalCode: "94102", Country: "US",
	}))
	equal(t, home.IsDefault, true)
	update := &UpdateAddress{Line2: Set("Apt 4")}
	moved := must[*Address](t)(client.Customers.UpdateAddress(ctx, customer.ID, home.ID, update))
	equal(t, *moved.Line2, "Apt 4")
	list := client.Customers.ListAddresses(ctx, customer.ID)
	equal(t, []any{list.Next(), list.Value().ID, list.Next(), list.Err()}, []any{true, home.ID, false, nil})
	if err := client.Customers.RemoveAddress(ctx, customer.ID, home.ID); err != nil {
		t.Fatal(err)
	}
}

func TestLiveGroupAndOrder(t *testing.T) {
	client := live(t)
	key := fmt.Sprintf("go-%d", time.Now().UnixNano())
	group := must[*Group](t)(client.Groups.Create(ctx, &CreateGroup{Key: key, Name: "Go"}))
	renamed := must[*Group](t)(client.Groups.Update(ctx, key, &UpdateGroup{Name: Null[string]()}, WithIfMatch(group.ETag)))
	if renamed.Name != nil {
		t.Fatal("the name is still there")
	}
	ids := map[string]bool{}
	for i := 0; i < 5; i++ {
		customer := must[*Customer](t)(client.Customers.Create(ctx, someone()))
		must[*NewMembership](t)(client.Customers.AddToGroup(ctx, customer.ID, &AddMembership{Group: key}))
		ids[customer.ID] = true
		must[*RecordedOrder](t)(client.Customers.RecordOrder(ctx, customer.ID, fmt.Sprintf("%s/%d", key, i), &RecordOrder{
			Total: 2500, Currency: "USD", State: "paid", PlacedAt: "2026-01-02T03:04:05Z", Version: 1,
		}))
	}
	list := client.Customers.List(ctx, &CustomerListParams{Group: []string{key}, MinOrders: 1, Sort: "totalSpent:desc", Limit: 2})
	for list.Next() {
		equal(t, []any{ids[list.Value().ID], list.Value().TotalSpent}, []any{true, int64(2500)})
		delete(ids, list.Value().ID)
	}
	equal(t, []any{len(ids), list.Err()}, []any{0, nil})
}

func TestLiveRule(t *testing.T) {
	client := live(t)
	customer := must[*Customer](t)(client.Customers.Create(ctx, someone()))
	key := fmt.Sprintf("rule-%d", time.Now().UnixNano())
	spent := time.Now().UnixNano() % 1e12
	must[*RecordedOrder](t)(client.Customers.RecordOrder(ctx, customer.ID, key, &RecordOrder{
		Total: spent, Currency: "USD", State: "paid", PlacedAt: "2026-01-02T03:04:05Z", Version: 1,
	}))
	rule := map[string]any{"minSpent": spent, "maxSpent": spent}
	why := Why{"minSpent": {Asked: float64(spent), Is: float64(spent)}, "maxSpent": {Asked: float64(spent), Is: float64(spent)}}
	preview := must[*GroupPreview](t)(client.Groups.Preview(ctx, &PreviewGroup{Rule: rule}))
	equal(t, []any{preview.Count, preview.Customers[0].Why}, []any{int64(1), why})
	group := must[*Group](t)(client.Groups.Create(ctx, &CreateGroup{Key: key, Rule: rule}))
	for group.State != "ready" {
		time.Sleep(100 * time.Millisecond)
		group = must[*Group](t)(client.Groups.Retrieve(ctx, key))
	}
	members := client.Groups.ListMembers(ctx, key, nil)
	equal(t, []any{members.Next(), members.Value().Source, members.Value().Why}, []any{true, "rule", why})
	failed := failure(t, client.Customers.RemoveFromGroup(ctx, customer.ID, key))
	equal(t, []any{failed.Code, failed.Why}, []any{"membership_by_rule", why})
	added := must[*Added](t)(client.Groups.AddMatching(ctx, key+"-hand", &CustomerFilter{Group: []string{key}}))
	equal(t, *added.Changes, MemberChanges{Added: 1})
	_, err := client.Groups.Update(ctx, key, &UpdateGroup{Rule: Set(map[string]any{"country": "US"})})
	equal(t, failure(t, err).Errors, []FieldError{{"rule.country", "shopper_value", "Shoppers can change this value."}})
}

func TestLiveToken(t *testing.T) {
	url := os.Getenv("COMMERCE_URL")
	_, err := NewClient("dev:wrong", WithBaseURL(url)).Customers.Me(ctx)
	equal(t, failure(t, err).Code, "invalid_client")
	reader := NewClient("dev:dev", WithBaseURL(url), WithScope("customer:read"))
	_, err = reader.Customers.Create(ctx, someone())
	equal(t, failure(t, err).Code, "insufficient_scope")
	_, err = NewClient("not-a-token", WithBaseURL(url)).Customers.Retrieve(ctx, "cust_x")
	equal(t, failure(t, err).Code, "invalid_token")
}

func TestLiveCallerAddress(t *testing.T) {
	client := live(t)
	input := &LoginInput{Email: someone().Email, Password: "a guess", DeviceToken: "dt_of_nobody"}
	// The client itself waits for the first two delays, of a second and of two.
	for i := 0; i < 7; i++ {
		_, err := client.Auth.Login(ctx, input, WithCallerAddress("198.51.100.20"))
		equal(t, failure(t, err).Code, "invalid_credentials")
	}
	_, err := client.Auth.Login(ctx, input, WithCallerAddress("198.51.100.20"))
	equal(t, failure(t, err).Code, "too_many_attempts")
	_, err = client.Auth.Login(ctx, input, WithCallerAddress("198.51.100.21"))
	equal(t, failure(t, err).Code, "invalid_credentials")
	_, err = client.Auth.Login(ctx, input, WithCallerAddress("198.51.100.20, 198.51.100.21"))
	equal(t, failure(t, err).Code, "malformed_request")
	err = client.Auth.RequestPasswordReset(ctx, &ForgotPassword{Email: input.Email, DeviceToken: "dt_of_nobody"}, WithCallerAddress("2001:db8::7"))
	equal(t, err, nil)
}
