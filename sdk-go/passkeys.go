package sdk

import (
	"context"
	"net/http"
)

// Passkeys are the passkeys of a shopper. A browser makes them and asks for them; this client passes on what the browser and the service say.
type Passkeys struct{ transport *transport }

// RegisterOptions gives what a browser needs to make a passkey. The session needs a proof that is younger than ten minutes. It fails with
// "fresh_proof_required", "passkey_limit_reached" or "identity_elsewhere".
func (p *Passkeys) RegisterOptions(ctx context.Context, options ...CallOption) (*PasskeyCreation, error) {
	return ask[PasskeyCreation](ctx, p.transport, passkeyStep("register/options", nil), options)
}

// Register adds what the browser has made. A mail tells the owner. It fails as RegisterOptions does, and with "passkey_invalid" or
// "passkey_exists".
func (p *Passkeys) Register(ctx context.Context, input *RegisterPasskey, options ...CallOption) (*Passkey, error) {
	return ask[Passkey](ctx, p.transport, passkeyStep("register/verify", input), options)
}

// LoginOptions gives what a browser needs to ask for a passkey, also for Auth.Reauthenticate. It fails with "identity_elsewhere".
func (p *Passkeys) LoginOptions(ctx context.Context, options ...CallOption) (*PasskeyRequest, error) {
	to := passkeyStep("login/options", nil)
	to.as, to.harmless = asClient, true
	return ask[PasskeyRequest](ctx, p.transport, to, options)
}

// Login gives a session, to hand to Client.SetSession. It fails with "invalid_credentials", "email_unverified", "customer_disabled" or
// "too_many_attempts".
func (p *Passkeys) Login(ctx context.Context, input *PasskeyAssertion, options ...CallOption) (*Session, error) {
	to := passkeyStep("login/verify", input)
	to.as = asClient
	return ask[Session](ctx, p.transport, to, options)
}

// List goes through the passkeys of the shopper, the oldest first.
func (p *Passkeys) List(ctx context.Context) *List[Passkey] {
	return newList[Passkey](ctx, p.transport, "/auth/passkey", nil)
}

// Rename names a passkey. It fails with "passkey_not_found".
func (p *Passkeys) Rename(ctx context.Context, id string, input *RenamePasskey, options ...CallOption) (*Passkey, error) {
	return patch[Passkey](ctx, p.transport, route("auth", "passkey", id), input, options)
}

// Remove ends a passkey: nobody can log in with it any more. It fails with "fresh_proof_required" or "passkey_not_found".
func (p *Passkeys) Remove(ctx context.Context, id string, options ...CallOption) error {
	return remove(ctx, p.transport, route("auth", "passkey", id), options)
}

func passkeyStep(step string, body any) call {
	return call{method: http.MethodPost, path: "/auth/passkey/" + step, body: body}
}
