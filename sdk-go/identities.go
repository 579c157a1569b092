package sdk

import "context"

// Identities are the logins at other providers, such as Google or Apple, that open the account of a shopper. The hosted page links them.
type Identities struct{ transport *transport }

// List goes through all of them, the oldest first.
func (i *Identities) List(ctx context.Context) *List[LinkedIdentity] {
	return newList[LinkedIdentity](ctx, i.transport, "/auth/identity", nil)
}

// Remove ends one: it no longer opens the account. It fails with "fresh_proof_required" or "identity_not_found".
func (i *Identities) Remove(ctx context.Context, id string, options ...CallOption) error {
	return remove(ctx, i.transport, route("auth", "identity", id), options)
}
