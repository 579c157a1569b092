import type { RefusalCode, Sign } from '#kernel/error'
import type { Level } from '#kernel/log'

/** How the log tells of a refusal. */
export type Suspicion = { readonly level: Level; readonly message: string }

/** Happens by mistake; in large numbers it is an attack. */
const tried = (message: string): Suspicion => ({ level: 'info', message })
/** Nobody does this by mistake for long. */
const pressed = (message: string): Suspicion => ({ level: 'warn', message })
/** Nobody tried anything: the request was wrong, or came at a wrong time. */
const ordinary = null

/** Every refusal: whether it means that somebody tried what is not theirs, or is ordinary. */
export const suspicions: Readonly<Record<RefusalCode, Suspicion | null>> = {
  invalid_credentials: tried('a wrong password or passkey, or an address without an account'),
  customer_disabled: tried('an account that is barred from login'),
  invalid_token: tried('an access token that is invalid or has expired'),
  session_ended: tried('a refresh token that is invalid or has expired'),
  invalid_grant: tried('a grant that is invalid or has expired'),
  passkey_invalid: tried('a new passkey that is invalid for this account or has expired'),
  mail_token_invalid: tried('a link that is invalid or has expired'),
  invalid_cursor: tried('a cursor that is of another list, or was altered'),
  too_many_attempts: pressed('too many wrong passwords or codes: the next attempt has to wait'),
  too_many_requests: pressed('a place that sends too many requests'),
  invalid_client: pressed('an unknown client, or a wrong proof'),
  invalid_scope: pressed('a client that requests a scope that it does not have'),
  insufficient_scope: pressed('a service whose token lacks the scope of the route'),
  wrong_host: pressed('a page or a proxy that calls this machine under another host name'),
  caller_not_allowed: pressed('a caller of a kind that may not use this route'),
  metadata_key_reserved: tried(
    'a shopper or a storefront that writes metadata that only services may write',
  ),

  // A health check, or a page that was left open, shows no token at all.
  unauthenticated: ordinary,
  // The right password, before its owner has opened the mail; or the first visit of an identity.
  email_unverified: ordinary,
  identity_unlinked: ordinary,
  identity_elsewhere: ordinary,
  // An owner whose proof is older than ten minutes.
  fresh_proof_required: ordinary,
  // Only services learn it, and the owner of the inbox.
  email_taken: ordinary,
  identity_taken: ordinary,
  external_id_taken: ordinary,
  customer_is_guest: ordinary,
  customer_is_active: ordinary,
  customer_merged: ordinary,
  email_already_verified: ordinary,
  // Every host is scanned, and an id cannot be guessed.
  not_found: ordinary,
  order_not_found: ordinary,
  method_not_allowed: ordinary,
  customer_not_found: ordinary,
  address_not_found: ordinary,
  group_not_found: ordinary,
  session_not_found: ordinary,
  passkey_not_found: ordinary,
  identity_not_found: ordinary,
  consent_not_found: ordinary,
  membership_not_found: ordinary,
  event_not_found: ordinary,
  dead_letter_not_found: ordinary,
  webhook_not_found: ordinary,
  delivery_not_found: ordinary,
  merge_not_found: ordinary,
  // The input.
  malformed_request: ordinary,
  malformed_json: ordinary,
  invalid_request: ordinary,
  invalid_input: ordinary,
  unsupported_grant_type: ordinary,
  unauthorized_client: ordinary,
  unsupported_token_type: ordinary,
  unsupported_media_type: ordinary,
  body_too_large: ordinary,
  too_much_metadata: ordinary,
  rule_not_trusted: ordinary,
  narrow_the_query: ordinary,
  merge_with_itself: ordinary,
  guest_cannot_survive: ordinary,
  // The state, and what happened at the same time. A key belongs to who used it, so nobody tried another one's.
  idempotency_key_in_use: ordinary,
  idempotency_key_reused: ordinary,
  precondition_failed: ordinary,
  webhook_disabled: ordinary,
  rotation_in_progress: ordinary,
  dead_letter_unreadable: ordinary,
  passkey_exists: ordinary,
  passkey_limit_reached: ordinary,
  address_exists: ordinary,
  address_limit_reached: ordinary,
  group_taken: ordinary,
  group_being_deleted: ordinary,
  rule_too_deep: ordinary,
  rule_cycle: ordinary,
  rule_limit_reached: ordinary,
  group_in_use: ordinary,
  membership_by_rule: ordinary,
  guest_checkout_disabled: ordinary,
  merge_not_undoable: ordinary,
  // Failures of the service, which have lines of their own.
  internal: ordinary,
  misconfigured: ordinary,
  database_unavailable: ordinary,
  issuer_unavailable: ordinary,
}

/** The suspicion by sign. It replaces that of the code, because some of these codes alone are ordinary. */
export const suspicionByRefusalSign: Readonly<Record<Sign, Suspicion>> = {
  // A token that was good once, of a session that went on: one of two holders is a thief.
  spent_token: pressed('a spent refresh token ended its session'),
  // Developers write the address of their own machine, and then a public one.
  inward_url: tried('a webhook URL that leads into an internal network or to this service'),
  // A developer's slip, or somebody who wants the codes of a client.
  foreign_redirect: pressed('a login with a redirect URI that its client has not registered'),
  // A list of proxies, or text that a server has passed on from its own caller.
  caller_address: tried('an X-Caller-Address that is not an IP address'),
}
