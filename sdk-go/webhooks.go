package sdk

import (
	"context"
	"net/http"
)

// Webhooks are endpoints that events are delivered to. VerifyWebhook is for whoever receives them.
type Webhooks struct{ transport *transport }

// Create sets up a webhook. The Secret is in this answer and in no other.
func (w *Webhooks) Create(ctx context.Context, input *CreateWebhook, options ...CallOption) (*WebhookWithSecret, error) {
	return post[WebhookWithSecret](ctx, w.transport, "/webhook", input, options)
}

// List goes through the webhooks.
func (w *Webhooks) List(ctx context.Context, params *WebhookListParams) *List[Webhook] {
	return newList[Webhook](ctx, w.transport, "/webhook", params)
}

// Retrieve reads a webhook. It fails with "webhook_not_found".
func (w *Webhooks) Retrieve(ctx context.Context, id string, options ...CallOption) (*Webhook, error) {
	return get[Webhook](ctx, w.transport, route("webhook", id), options)
}

// Update changes what is set. It fails with "webhook_not_found" or "precondition_failed".
func (w *Webhooks) Update(ctx context.Context, id string, input *UpdateWebhook, options ...CallOption) (*Webhook, error) {
	return patch[Webhook](ctx, w.transport, route("webhook", id), input, options)
}

// Delete removes a webhook.
func (w *Webhooks) Delete(ctx context.Context, id string, options ...CallOption) error {
	return remove(ctx, w.transport, route("webhook", id), options)
}

// RotateSecret gives a new secret; the one before signs too until PreviousSecretUntil, 24 hours later. It fails with
// "webhook_not_found", and with "rotation_in_progress" until then. The Secret is in this answer only. It is sent under an idempotency key,
// so a lost reply is repeated and answered with the same secret; WithIdempotencyKey lets you repeat it after a restart too.
func (w *Webhooks) RotateSecret(ctx context.Context, id string, options ...CallOption) (*WebhookWithSecret, error) {
	return post[WebhookWithSecret](ctx, w.transport, route("webhook", id, "rotate-secret"), nil, options)
}

// Test sends one request now and tells what came of it.
func (w *Webhooks) Test(ctx context.Context, id string, options ...CallOption) (*WebhookTest, error) {
	to := call{method: http.MethodPost, path: route("webhook", id, "test")}
	return ask[WebhookTest](ctx, w.transport, to, options)
}

// Replay sends past events once more. It fails with "webhook_disabled" or "event_not_found".
func (w *Webhooks) Replay(ctx context.Context, id string, events *ReplayRange, options ...CallOption) error {
	_, err := post[ReplayAccepted](ctx, w.transport, route("webhook", id, "replay"), events, options)
	return err
}

// ListDeliveries goes through what was and is on its way, the newest first.
func (w *Webhooks) ListDeliveries(ctx context.Context, id string, params *WebhookDeliveryListParams) *List[Delivery] {
	return newList[Delivery](ctx, w.transport, route("webhook", id, "delivery"), params)
}

// RetryDelivery begins a delivery's schedule anew. It fails with "delivery_not_found" or "webhook_disabled".
func (w *Webhooks) RetryDelivery(ctx context.Context, deliveryID string, options ...CallOption) (*Delivery, error) {
	return post[Delivery](ctx, w.transport, route("delivery", deliveryID, "retry"), nil, options)
}
