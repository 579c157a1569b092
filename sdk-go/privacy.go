package sdk

import (
	"context"
	"net/url"
)

// Privacy is what a shop's lawyer and its backups ask for.
type Privacy struct{ transport *transport }

// ListErasures goes through all erasures, the oldest first, as keyed hashes of ids: to be kept outside of the database.
func (p *Privacy) ListErasures(ctx context.Context, params *ErasureListParams) *List[ErasedPeople] {
	return newList[ErasedPeople](ctx, p.transport, "/erasure", params)
}

// ListRetention tells for how many days what is kept, and when what is older is deleted next.
func (p *Privacy) ListRetention(ctx context.Context, options ...CallOption) (*Retentions, error) {
	return get[Retentions](ctx, p.transport, "/retention", options)
}

// Export reads everything that is held about a customer, all pages of it in one. A shopper needs a fresh
// proof for each page. It fails with "customer_merged" or "fresh_proof_required".
func (c *Customers) Export(ctx context.Context, id string, options ...CallOption) (*CustomerExport, error) {
	together := &line{}
	read := func(cursor string) (*CustomerExport, error) {
		query := url.Values{}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		page := new(CustomerExport)
		next := call{method: "GET", path: route("customer", id, "export"), query: query, line: together}
		return page, c.transport.send(ctx, next, page, options...)
	}
	all, err := read("")
	for err == nil && all.NextCursor != nil {
		var page *CustomerExport
		if page, err = read(*all.NextCursor); err == nil {
			for name, rows := range page.Sections {
				all.Sections[name] = append(all.Sections[name], rows...)
			}
			all.NextCursor = page.NextCursor
		}
	}
	if err != nil {
		return nil, err
	}
	return all, nil
}

// Erase erases a customer for good, with those who were merged into it; orders stay and name nobody. A shopper sends its
// CurrentPassword, or has a session with a fresh proof ("fresh_proof_required"). State is "running" while a long history is being emptied. It fails with "customer_merged", whose error has the
// SurvivorID, "precondition_failed", "invalid_credentials" or "too_many_attempts".
func (c *Customers) Erase(ctx context.Context, id string, input *EraseCustomer, options ...CallOption) (*Erasure, error) {
	if input == nil {
		input = &EraseCustomer{}
	}
	return post[Erasure](ctx, c.transport, route("customer", id, "erase"), input, options)
}

// RetrieveErasure reads the receipt of an erasure: whose data, when, why, and which webhooks have received it.
func (c *Customers) RetrieveErasure(ctx context.Context, id string, options ...CallOption) (*Erasure, error) {
	return get[Erasure](ctx, c.transport, route("customer", id, "erasure"), options)
}

// ListConsents reads the consents of a customer, with everything that was ever said.
func (c *Customers) ListConsents(ctx context.Context, id string, options ...CallOption) (*Consents, error) {
	return get[Consents](ctx, c.transport, route("customer", id, "consent"), options)
}

// RetrieveConsent reads one of them. It fails with "consent_not_found" for a purpose that the customer was never asked about.
func (c *Customers) RetrieveConsent(ctx context.Context, id, purpose string, options ...CallOption) (*Consent, error) {
	return get[Consent](ctx, c.transport, route("customer", id, "consent", purpose), options)
}

// SetConsent grants or withdraws a consent. A grant of "marketing" is "pending" until the link of a mail is confirmed. It fails with
// "customer_merged", "precondition_failed" or "too_many_requests".
func (c *Customers) SetConsent(ctx context.Context, id, purpose string, input *SetConsent, options ...CallOption) (*Consent, error) {
	return put[Consent](ctx, c.transport, route("customer", id, "consent", purpose), input, options)
}

// ConfirmConsent confirms the consent of a link in a mail: for the page that the link leads to, after a click there. It fails with
// "mail_token_invalid".
func (c *Customers) ConfirmConsent(ctx context.Context, input *ConfirmConsent, options ...CallOption) (*ConfirmedConsent, error) {
	confirmed := new(ConfirmedConsent)
	next := call{method: "POST", path: "/consent/confirm", body: input, harmless: true, as: asEither}
	return confirmed, c.transport.send(ctx, next, confirmed, options...)
}
