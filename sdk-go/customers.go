package sdk

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// Me names the session's own customer where an id is asked for.
const Me = "me"

// CustomerInput is what a customer is made of; only Email is required.
type CustomerInput = CreateCustomer

// AddressInput is what an address is made of.
type AddressInput = AddAddress

// Customers are accounts.
type Customers struct{ transport *transport }

// Create registers a customer. It fails with "email_taken" or "external_id_taken".
func (c *Customers) Create(ctx context.Context, input *CustomerInput, options ...CallOption) (*Customer, error) {
	return post[Customer](ctx, c.transport, "/customer", input, options)
}

// FindOrCreate finds the account of an e-mail address, or makes it. It fails with "external_id_taken".
func (c *Customers) FindOrCreate(ctx context.Context, input *CustomerInput, options ...CallOption) (*Customer, error) {
	return post[Customer](ctx, c.transport, "/customer/find-or-create", input, options)
}

// Guest finds the guest of an e-mail address, or makes it; one that exists is not changed. It fails with
// "guest_checkout_disabled".
func (c *Customers) Guest(ctx context.Context, input *CreateGuest, options ...CallOption) (*Customer, error) {
	return post[Customer](ctx, c.transport, "/customer/guest", input, options)
}

// List goes through the customers that the parameters name; nil for all.
func (c *Customers) List(ctx context.Context, params *CustomerListParams) *List[Customer] {
	return newList[Customer](ctx, c.transport, "/customer", params)
}

// Retrieve reads a customer. A merged customer's id answers with the survivor, whose MergedFrom names it.
func (c *Customers) Retrieve(ctx context.Context, id string, options ...CallOption) (*Customer, error) {
	return get[Customer](ctx, c.transport, route("customer", id), options)
}

// Search is List with its query in the body of the request, for names, addresses and phones: URLs end up in logs of others.
func (c *Customers) Search(ctx context.Context, input *SearchCustomers) *List[Customer] {
	return newSearch[Customer](ctx, c.transport, "/customer/search", input)
}

// Me reads the session's own customer.
func (c *Customers) Me(ctx context.Context, options ...CallOption) (*Customer, error) {
	return c.Retrieve(ctx, Me, options...)
}

// Update changes what is set; metadata is merged, nil removes a key. It fails with "email_taken", "external_id_taken",
// "customer_merged", "too_much_metadata" or "precondition_failed".
func (c *Customers) Update(ctx context.Context, id string, input *UpdateCustomer, options ...CallOption) (*Customer, error) {
	return patch[Customer](ctx, c.transport, route("customer", id), input, options)
}

// WithCurrentPassword shows that it is the shopper itself who asks.
func WithCurrentPassword(password string) CallOption {
	return func(c *call) { c.body = DeleteCustomer{CurrentPassword: password} }
}

// Delete hides a customer and frees its address; its orders stay in the ledger. A shopper's session
// needs WithCurrentPassword, or a fresh proof ("fresh_proof_required").
func (c *Customers) Delete(ctx context.Context, id string, options ...CallOption) error {
	return remove(ctx, c.transport, route("customer", id), options)
}

// Disable keeps a customer from logging in. It fails with "customer_is_guest" or "customer_merged".
func (c *Customers) Disable(ctx context.Context, id string, input *DisableCustomer, options ...CallOption) (*Customer, error) {
	if input == nil {
		input = &DisableCustomer{}
	}
	return post[Customer](ctx, c.transport, route("customer", id, "disable"), input, options)
}

// Enable lets a customer log in again.
func (c *Customers) Enable(ctx context.Context, id string, options ...CallOption) (*Customer, error) {
	return post[Customer](ctx, c.transport, route("customer", id, "enable"), nil, options)
}

// ListAddresses goes through a customer's addresses, oldest first.
func (c *Customers) ListAddresses(ctx context.Context, id string) *List[Address] {
	return newList[Address](ctx, c.transport, route("customer", id, "address"), nil)
}

// RetrieveAddress reads one address. It fails with "address_not_found".
func (c *Customers) RetrieveAddress(ctx context.Context, id, addressID string, options ...CallOption) (*Address, error) {
	return get[Address](ctx, c.transport, route("customer", id, "address", addressID), options)
}

// AddAddress adds an address; the same again is not stored twice. It fails with "address_limit_reached".
func (c *Customers) AddAddress(ctx context.Context, id string, input *AddressInput, options ...CallOption) (*Address, error) {
	return post[Address](ctx, c.transport, route("customer", id, "address"), input, options)
}

// UpdateAddress changes what is set. It fails with "address_not_found" or "precondition_failed".
func (c *Customers) UpdateAddress(ctx context.Context, id, addressID string, input *UpdateAddress, options ...CallOption) (*Address, error) {
	return patch[Address](ctx, c.transport, route("customer", id, "address", addressID), input, options)
}

// RemoveAddress removes an address; a default passes to the one added or changed last.
func (c *Customers) RemoveAddress(ctx context.Context, id, addressID string, options ...CallOption) error {
	return remove(ctx, c.transport, route("customer", id, "address", addressID), options)
}

// ListGroups goes through the groups that a customer is in, with the origin and the end of each membership. Why says for which values the
// rule of a group holds the customer; it is nil if it does not.
func (c *Customers) ListGroups(ctx context.Context, id string, params *CustomerGroupListParams) *List[Membership] {
	return newList[Membership](ctx, c.transport, route("customer", id, "group"), params)
}

// AddToGroup puts a customer in a group, by hand; twice is no error. It fails with "group_not_found", "group_being_deleted" or
// "customer_merged".
func (c *Customers) AddToGroup(ctx context.Context, id string, input *AddMembership, options ...CallOption) (*NewMembership, error) {
	return post[NewMembership](ctx, c.transport, route("customer", id, "group"), input, options)
}

// RemoveFromGroup takes a customer's membership by hand away; the rule of the group may keep the customer in. It fails with
// "membership_not_found", "customer_merged", and with "membership_by_rule" and the error's Why if only the rule holds the customer.
func (c *Customers) RemoveFromGroup(ctx context.Context, id, group string, options ...CallOption) error {
	return remove(ctx, c.transport, route("customer", id, "group", group), options)
}

// FindOrder reads an order with its customer. It fails with "order_not_found", also when the customer is deleted.
func (c *Customers) FindOrder(ctx context.Context, orderID string, options ...CallOption) (*OrderWithCustomer, error) {
	return get[OrderWithCustomer](ctx, c.transport, route("order", orderID), options)
}

// RecordOrder tells an order's present state, amounts in minor units. The newest version wins; Applied says whether it was newer.
func (c *Customers) RecordOrder(ctx context.Context, id, orderID string, order *RecordOrder, options ...CallOption) (*RecordedOrder, error) {
	to := call{method: http.MethodPut, path: route("customer", id, "order", orderID), body: order}
	return ask[RecordedOrder](ctx, c.transport, to, options)
}

// ListOrders goes through a customer's orders, the newest first.
func (c *Customers) ListOrders(ctx context.Context, id string, params *CustomerOrderListParams) *List[Order] {
	return newList[Order](ctx, c.transport, route("customer", id, "order"), params)
}

// Stats reads a customer's counters, in minor units; explained, with the orders behind each.
func (c *Customers) Stats(ctx context.Context, id string, explain bool, options ...CallOption) (*Stats, error) {
	query := url.Values{"explain": {strconv.FormatBool(explain)}}
	of := call{method: http.MethodGet, path: route("customer", id, "stats"), query: query}
	return ask[Stats](ctx, c.transport, of, options)
}

// PreviewMerge tells what Merge would do, with the PlanID to do exactly that. It fails with "merge_with_itself",
// "guest_cannot_survive" or "customer_merged".
func (c *Customers) PreviewMerge(ctx context.Context, id, from string, options ...CallOption) (*MergePreview, error) {
	to := call{method: http.MethodPost, path: route("customer", id, "merge", "preview"), body: PreviewMerge{From: from}, harmless: true}
	return ask[MergePreview](ctx, c.transport, to, options)
}

// Merge makes another customer part of this one. It fails with "precondition_failed" when a side has changed since the preview,
// "merge_with_itself", "guest_cannot_survive" or "customer_merged".
func (c *Customers) Merge(ctx context.Context, id string, input *MergeCustomers, options ...CallOption) (*Merge, error) {
	return post[Merge](ctx, c.transport, route("customer", id, "merge"), input, options)
}

// ListEvents goes through what happened to a customer, the latest first.
func (c *Customers) ListEvents(ctx context.Context, id string, params *CustomerEventListParams) *List[Event] {
	return newList[Event](ctx, c.transport, route("customer", id, "event"), params)
}

// ListSessions goes through where a customer is logged in.
func (c *Customers) ListSessions(ctx context.Context, id string) *List[SessionInfo] {
	return newList[SessionInfo](ctx, c.transport, route("customer", id, "session"), nil)
}

// OpenSession opens a session for a customer whose login the shop has checked itself. It is no proof: what is dangerous needs
// Auth.Reauthenticate. It is not repeated by itself, for each try opens one. It fails with "customer_is_guest", "customer_disabled",
// "email_unverified", "customer_merged" or "identity_elsewhere".
func (c *Customers) OpenSession(ctx context.Context, id string, input *OpenSession, options ...CallOption) (*Session, error) {
	return ask[Session](ctx, c.transport, once(route("customer", id, "session"), input), options)
}

// EndSession logs a customer out of one session. It fails with "session_not_found".
func (c *Customers) EndSession(ctx context.Context, id, sessionID string, options ...CallOption) error {
	return remove(ctx, c.transport, route("customer", id, "session", sessionID), options)
}

// EndSessions logs a customer out everywhere.
func (c *Customers) EndSessions(ctx context.Context, id string, options ...CallOption) error {
	return remove(ctx, c.transport, route("customer", id, "session"), options)
}

// Invite mails the owner of an account that was made without a password a link to choose one, which works for 7 days. An earlier
// invitation is void. It fails with "customer_is_active", "customer_is_guest", "customer_disabled" or "customer_merged".
func (c *Customers) Invite(ctx context.Context, id string, options ...CallOption) error {
	_, err := post[Accepted](ctx, c.transport, route("customer", id, "invite"), nil, options)
	return err
}

// SendPasswordReset mails a link to set a new password. It fails with "customer_is_guest", "customer_disabled" or
// "customer_merged".
func (c *Customers) SendPasswordReset(ctx context.Context, id string, options ...CallOption) error {
	_, err := post[Accepted](ctx, c.transport, route("customer", id, "password-reset"), nil, options)
	return err
}

// ResendVerification mails the link to verify the address once more. It fails with "email_already_verified", "customer_is_guest"
// or "customer_disabled".
func (c *Customers) ResendVerification(ctx context.Context, id string, options ...CallOption) error {
	_, err := post[Accepted](ctx, c.transport, route("customer", id, "verify-email", "resend"), nil, options)
	return err
}
