package sdk

import "context"

// Groups are groups of customers. Any text names a group: "VIP" is the group "vip", and becomes the name of a new one.
type Groups struct{ transport *transport }

// Create makes a group. It fails with "group_taken".
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

// Update changes what is set. It fails with "group_not_found" or "precondition_failed".
func (g *Groups) Update(ctx context.Context, key string, input *UpdateGroup, options ...CallOption) (*Group, error) {
	return patch[Group](ctx, g.transport, route("group", key), input, options)
}

// Delete removes a group; its members leave it. It fails with "group_not_found", "group_in_use" or "precondition_failed".
func (g *Groups) Delete(ctx context.Context, key string, options ...CallOption) error {
	return remove(ctx, g.transport, route("group", key), options)
}

// ListMembers goes through a group's members.
func (g *Groups) ListMembers(ctx context.Context, key string, params *GroupMemberListParams) *List[Member] {
	return newList[Member](ctx, g.transport, route("group", key, "member"), params)
}

// ChangeMembers puts up to 1,000 customers in a group and out of it, and counts them.
func (g *Groups) ChangeMembers(ctx context.Context, key string, input *ChangeMembers, options ...CallOption) (*MemberChanges, error) {
	return post[MemberChanges](ctx, g.transport, route("group", key, "member"), input, options)
}
