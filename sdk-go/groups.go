package sdk

import (
	"context"
	"encoding/json"
	"net/http"
)

// Groups are groups of customers. Any text names a group: "VIP" is the group "vip", and becomes the name of a new one. A group may have a
// Rule, a filter of the list of customers: all who match it are in the group. Create and Update fail with "rule_not_trusted" for a rule that
// reads what shoppers can change, unless AllowShopperValues says so, with "rule_cycle", and with "rule_limit_reached" beyond 200 rules.
type Groups struct{ transport *transport }

// Create makes a group. A rule is carried out soon after: State is "running" until Done of Total customers are examined. It fails with
// "group_taken" or "group_being_deleted".
func (g *Groups) Create(ctx context.Context, input *CreateGroup, options ...CallOption) (*Group, error) {
	return post[Group](ctx, g.transport, "/group", input, options)
}

// List goes through the groups.
func (g *Groups) List(ctx context.Context, params *GroupListParams) *List[Group] {
	return newList[Group](ctx, g.transport, "/group", params)
}

// Retrieve reads a group. It fails with "group_not_found".
func (g *Groups) Retrieve(ctx context.Context, key string, options ...CallOption) (*Group, error) {
	return get[Group](ctx, g.transport, route("group", key), options)
}

// Update changes what is set. With another rule, or with Null for none, State is "running" until it is carried out. It fails with
// "group_not_found", "too_much_metadata" or "precondition_failed".
func (g *Groups) Update(ctx context.Context, key string, input *UpdateGroup, options ...CallOption) (*Group, error) {
	return patch[Group](ctx, g.transport, route("group", key), input, options)
}

// Preview counts the customers who match a rule now, up to 10,000, and says why the first ten do. Nothing is written. It fails with
// "rule_not_trusted" or "narrow_the_query".
func (g *Groups) Preview(ctx context.Context, input *PreviewGroup, options ...CallOption) (*GroupPreview, error) {
	to := call{method: http.MethodPost, path: "/group-preview", body: input, harmless: true}
	return ask[GroupPreview](ctx, g.transport, to, options)
}

// Delete removes a group; its members leave it. It fails with "group_not_found", "group_in_use" or "precondition_failed".
func (g *Groups) Delete(ctx context.Context, key string, options ...CallOption) error {
	return remove(ctx, g.transport, route("group", key), options)
}

// ListMembers goes through a group's members. Why says for which values the rule of the group holds a member; it is nil if it does not.
func (g *Groups) ListMembers(ctx context.Context, key string, params *GroupMemberListParams) *List[Member] {
	return newList[Member](ctx, g.transport, route("group", key, "member"), params)
}

// ChangeMembers names customers by their ids: those who are to be in a group and those who are not, 1,000 together at most.
type ChangeMembers struct {
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
}

// ChangeMembers puts customers in a group and out of it, and counts them. Members by rule stay, and are counted in KeptByRule. It fails
// with "group_not_found" or "group_being_deleted".
func (g *Groups) ChangeMembers(ctx context.Context, key string, input *ChangeMembers, options ...CallOption) (*MemberChanges, error) {
	return post[MemberChanges](ctx, g.transport, route("group", key, "member"), input, options)
}

// Added is the answer to AddMatching; one of the two is nil.
type Added struct {
	// Changes counts up to 1,000 customers, who are in the group by now.
	Changes *MemberChanges
	// Group shows how far a job is that adds more: until State is "ready", Done of Total customers are examined.
	Group *Group
}

// UnmarshalJSON implements json.Unmarshaler. Only a group has a key.
func (a *Added) UnmarshalJSON(text []byte) error {
	var group Group
	if err := json.Unmarshal(text, &group); err != nil {
		return err
	}
	if group.Key != "" {
		a.Group = &group
		return nil
	}
	a.Changes = new(MemberChanges)
	return json.Unmarshal(text, a.Changes)
}

// AddMatching puts all customers who match a filter now in a group, by hand: later changes of theirs do not matter. It fails with
// "group_not_found", "group_being_deleted" or "narrow_the_query".
func (g *Groups) AddMatching(ctx context.Context, key string, filter *CustomerFilter, options ...CallOption) (*Added, error) {
	body := map[string]any{"add": map[string]any{"filter": filter}}
	return post[Added](ctx, g.transport, route("group", key, "member"), body, options)
}
