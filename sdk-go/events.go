package sdk

import "context"

// Events are what happened.
type Events struct{ transport *transport }

// List goes through the events in the order of their commits, the oldest first. Go on later with After, the ID of the last one
// that was seen.
func (e *Events) List(ctx context.Context, params *EventListParams) *List[Event] {
	list := newList[Event](ctx, e.transport, "/event", params)
	list.on = "after"
	return list
}

// Replay sends an event once more, to every webhook that asked for such, or to one; nil for every. It fails with
// "event_not_found" or "webhook_disabled".
func (e *Events) Replay(ctx context.Context, id string, input *ReplayEvent, options ...CallOption) (*Replayed, error) {
	if input == nil {
		input = &ReplayEvent{}
	}
	return post[Replayed](ctx, e.transport, route("event", id, "replay"), input, options)
}

// ListDeadLetters goes through what could not be done after every retry.
func (e *Events) ListDeadLetters(ctx context.Context, params *DeadLetterListParams) *List[DeadLetter] {
	return newList[DeadLetter](ctx, e.transport, "/dead-letter", params)
}

// ReplayDeadLetter tries once more. It fails with "dead_letter_not_found".
func (e *Events) ReplayDeadLetter(ctx context.Context, id string, options ...CallOption) (*DeadLetter, error) {
	return post[DeadLetter](ctx, e.transport, route("dead-letter", id, "replay"), nil, options)
}
