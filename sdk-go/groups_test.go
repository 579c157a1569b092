package sdk

import (
	"testing"
)

const counts = `{"added":3,"removed":0,"unchanged":1,"keptByRule":2,"notFound":0}`
const running = `{"key":"loyal","rule":{"minOrders":5},"allowShopperValues":false,"state":"running","done":20000,"total":null}`

func TestRuleOfAGroup(t *testing.T) {
	client, script := scripted(t, "token", answers(201, running), answers(200, running), answers(200, running), answers(200, running))
	rule := map[string]any{"minOrders": 5, "lastOrderAfter": "-90d"}
	made, err := client.Groups.Create(ctx, &CreateGroup{Key: "Loyal", Rule: rule, AllowShopperValues: Ptr(true)})
	equal(t, err, nil)
	equal(t, []any{made.State, made.Done, made.Total == nil, made.Rule}, []any{"running", int64(20000), true, map[string]any{"minOrders": 5.0}})
	for _, change := range []*UpdateGroup{
		{Rule: Set(rule)},
		{Rule: Null[map[string]any](), AllowShopperValues: Set(false)},
		{Name: Set("Loyal")},
	} {
		_, err = client.Groups.Update(ctx, "loyal", change)
		equal(t, err, nil)
	}
	equal(t, script.each(func(s sent) string { return s.body }), []string{
		`{"key":"Loyal","rule":{"lastOrderAfter":"-90d","minOrders":5},"allowShopperValues":true}`,
		`{"rule":{"lastOrderAfter":"-90d","minOrders":5}}`,
		`{"rule":null,"allowShopperValues":false}`,
		`{"name":"Loyal"}`,
	})
}

func TestPreviewSaysWhy(t *testing.T) {
	client, script := scripted(t, "token", lost, answers(200, `{"count":10000,"countIsExact":false,"customers":[{"id":"cust_1","email":"jane@example.com",
		"why":{"minOrders":{"asked":5,"is":7},"lastOrderAfter":{"asked":"-90d","since":"2026-01-01T00:00:00.000Z","is":null}}}]}`))
	preview, err := client.Groups.Preview(ctx, &PreviewGroup{Rule: map[string]any{"minOrders": 5}})
	equal(t, err, nil)
	equal(t, []any{preview.Count, preview.CountIsExact, preview.Customers[0].Email}, []any{int64(10000), false, "jane@example.com"})
	equal(t, preview.Customers[0].Why, Why{
		"minOrders":      {Asked: 5.0, Is: 7.0},
		"lastOrderAfter": {Asked: "-90d", Is: nil, Since: Ptr("2026-01-01T00:00:00.000Z")},
	})
	// Nothing is written, so it is sent again without a key.
	equal(t, []any{len(script.all()), script.all()[1].header.Get("Idempotency-Key")}, []any{2, ""})
}

func TestAdditionOfAllWhoMatch(t *testing.T) {
	client, script := scripted(t, "token", answers(200, counts), answers(202, running), answers(200, counts))
	filter := &CustomerFilter{Group: []string{"vip"}, MinSpent: 100_000, MaxOrders: Ptr[int64](0)}
	few, err := client.Groups.AddMatching(ctx, "loyal", filter)
	equal(t, err, nil)
	equal(t, []any{*few.Changes, few.Group == nil}, []any{MemberChanges{Added: 3, Unchanged: 1, KeptByRule: 2}, true})
	many, err := client.Groups.AddMatching(ctx, "loyal", filter)
	equal(t, err, nil)
	equal(t, []any{many.Changes == nil, many.Group.Key, many.Group.State}, []any{true, "loyal", "running"})
	_, err = client.Groups.ChangeMembers(ctx, "loyal", &ChangeMembers{Add: []string{"cust_1"}, Remove: []string{"cust_2"}})
	equal(t, err, nil)
	equal(t, []string{script.all()[0].body, script.all()[2].body}, []string{
		`{"add":{"filter":{"group":["vip"],"maxOrders":0,"minSpent":100000}}}`,
		`{"add":["cust_1"],"remove":["cust_2"]}`,
	})
}

func TestRefusalSaysWhyARuleHoldsACustomer(t *testing.T) {
	client, _ := scripted(t, "token", answers(409, `{"code":"membership_by_rule","why":{"status":{"asked":["active"],"is":"active"}}}`),
		refuses(404, "membership_not_found"))
	failed := failure(t, client.Customers.RemoveFromGroup(ctx, "cust_1", "loyal"))
	equal(t, failed.Code, "membership_by_rule")
	equal(t, failed.Why, Why{"status": {Asked: []any{"active"}, Is: "active"}})
	equal(t, failure(t, client.Customers.RemoveFromGroup(ctx, "cust_1", "loyal")).Why, Why(nil))
}
