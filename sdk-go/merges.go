package sdk

import "context"

// Merges are what was merged.
type Merges struct{ transport *transport }

// List goes through the merges, the newest first.
func (m *Merges) List(ctx context.Context, params *MergeListParams) *List[Merge] {
	return newList[Merge](ctx, m.transport, "/merge", params)
}

// Retrieve reads a merge. It fails with "merge_not_found".
func (m *Merges) Retrieve(ctx context.Context, id string, options ...CallOption) (*Merge, error) {
	return get[Merge](ctx, m.transport, route("merge", id), options)
}

// Undo parts what was merged, within 30 days; Conflicts says what was touched since and stays. It fails with "merge_not_found" or
// "merge_not_undoable".
func (m *Merges) Undo(ctx context.Context, id string, options ...CallOption) (*Merge, error) {
	return post[Merge](ctx, m.transport, route("merge", id, "undo"), nil, options)
}
