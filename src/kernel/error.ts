import type { LimitName } from './limit-name.ts'

/** All refusal codes with the sentences that explain them. The list is closed: clients may switch over it. */
export const refusals = {
  malformed_request: 'A header or the URL is malformed. Correct the request.',
  malformed_json: 'The body is not valid JSON in UTF-8.',
  unauthenticated:
    'The request has no bearer token. Get one with `POST /oauth/token`, and send it in the `Authorization` header.',
  invalid_token:
    'The access token is invalid or has expired. Get another one: POST /oauth/token for a client, POST /auth/refresh for a session.',
  insufficient_scope:
    'The token lacks the scope that this route needs. `WWW-Authenticate` names it.',
  caller_not_allowed: 'This kind of caller may not do this. Use a token of another kind.',
  invalid_credentials: 'The e-mail address, the password, the code or the passkey is wrong.',
  session_ended: 'The session has ended. Log in again.',
  email_unverified: 'The e-mail address is not verified yet. Open the link in the mail.',
  customer_disabled: 'The shop has disabled the account. Ask the shop.',
  identity_unlinked:
    'This identity is not linked to an account yet. Log in at `GET /oauth/authorize` and type the mailed code.',
  identity_elsewhere:
    'Shoppers of this shop log in at its identity provider. Send them there: this route opens no session and checks no password.',
  fresh_proof_required:
    'This action needs a proof of identity from the last ten minutes. Renew the session with `POST /auth/reauthenticate` first.',
  not_found: 'This path does not exist.',
  order_not_found: 'There is no such order. `PUT /customer/{id}/order/{orderId}` records one.',
  method_not_allowed: 'This path does not support the method. `Allow` names the supported ones.',
  customer_not_found:
    'There is no such customer. Search with `POST /customer/search`; an id looks like `cust_…`.',
  address_not_found: 'The customer has no such address. Read `GET /customer/{id}/address`.',
  group_not_found: 'There is no such group. Find its key with `GET /group`.',
  session_not_found: 'There is no such session.',
  passkey_not_found: 'There is no such passkey.',
  identity_not_found: 'The account has no such login at another provider.',
  consent_not_found: 'The customer was never asked about this purpose.',
  membership_not_found: 'The customer is not in this group.',
  event_not_found: 'There is no such event. Find its id with `GET /event`.',
  dead_letter_not_found: 'There is no such dead letter. Find its id with `GET /dead-letter`.',
  webhook_not_found: 'There is no such webhook. Find its id with `GET /webhook`.',
  delivery_not_found: 'There is no such delivery. Find its id with `GET /webhook/{id}/delivery`.',
  webhook_disabled: 'The webhook is disabled. Enable it first.',
  rotation_in_progress:
    'The previous secret is still in use. Rotate again after `previousSecretUntil`.',
  dead_letter_unreadable:
    'The dead letter has no job or order to replay. Let the sender send a correct message.',
  customer_merged: 'The customer was merged into another one. Write to the survivor.',
  customer_is_guest: 'The customer is a guest. Create an account for the address first.',
  customer_is_active: 'The owner can log in already. Send a password reset instead.',
  email_already_verified: 'The e-mail address is verified already.',
  mail_token_invalid: 'The link is invalid or has expired. Ask for a new one.',
  email_taken:
    'Another customer has this e-mail address. Use another address, or find that customer.',
  identity_taken: 'Another account is linked to this identity. Log in to that account.',
  external_id_taken: 'Another customer has this external id. Find that customer.',
  passkey_invalid:
    'The passkey is invalid for this account, or its options have expired. Ask for new options.',
  passkey_exists: 'This passkey is registered already. Log in with it.',
  passkey_limit_reached: 'The account has the maximum of 20 passkeys. Remove one first.',
  address_exists: 'The customer has this address already. Use that one.',
  address_limit_reached: 'The customer has the maximum number of addresses. Remove one first.',
  group_taken: 'A group with this key exists. Change that group, or choose another key.',
  group_being_deleted: 'The group with this key is being deleted. Try again soon.',
  rule_cycle:
    'The rule reads its own group, directly or through other groups. Take that group out of the rule.',
  rule_too_deep: 'The chain of rules that read each other is longer than 10. Shorten it.',
  rule_limit_reached: 'The shop has the maximum of 200 groups with rules. Remove a rule first.',
  group_in_use: 'The rules of other groups read this group. Change the rules that `errors` names.',
  membership_by_rule:
    'The customer is in the group by its rule, not by hand. Change the rule; `GET /customer/{id}/group` shows why.',
  guest_checkout_disabled: 'This shop does not allow guest checkout. Register instead.',
  merge_not_found: 'There is no such merge. Find its id with `GET /merge`.',
  merge_not_undoable: 'This merge can no longer be undone. Correct the two customers by hand.',
  merge_with_itself: 'A customer cannot be merged with itself. Name another one.',
  guest_cannot_survive:
    'An account cannot be merged into a guest. Merge the guest into the account.',
  too_much_metadata: 'A resource has at most 50 metadata keys. Remove some first.',
  metadata_key_reserved: 'Only services may write these metadata keys. Leave them out.',
  rule_not_trusted:
    'Directly or through another group, the rule reads values that shoppers can change. Set `allowShopperValues` on every group in the chain, or remove what `errors` names.',
  idempotency_key_in_use: 'A request with this key is still in progress. Try again soon.',
  idempotency_key_reused: 'This key was used for a different request. Use a new key.',
  precondition_failed:
    'The resource has changed, or it does not meet the condition. Read it again, and send its new `ETag`.',
  wrong_host:
    'In development the service answers only to the names of this machine. Use localhost.',
  body_too_large: 'The body is larger than 64 KB.',
  unsupported_media_type:
    'The route does not take a body of this `Content-Type` or encoding. `detail` names the accepted type.',
  invalid_input: 'Some fields are invalid. `errors` names them.',
  invalid_cursor: 'The cursor does not belong to this list, or was altered. Start the list again.',
  narrow_the_query: 'The query takes too long. Add a filter.',
  too_many_attempts: 'Too many failed attempts. Wait as `Retry-After` says, or reset the password.',
  too_many_requests: 'Too many requests. Wait as `Retry-After` says.',
  invalid_request: 'A parameter is missing, malformed or repeated.',
  invalid_client: 'The client is unknown, or its secret or assertion is wrong.',
  unauthorized_client: 'This client may not use this grant. Use another grant.',
  invalid_grant: 'The code or refresh token is invalid or has expired. Log in again.',
  unsupported_grant_type:
    'The grant type must be authorization_code, client_credentials or refresh_token.',
  invalid_scope: 'The client or the session does not have this scope. Ask for fewer scopes.',
  unsupported_token_type: 'A token of another issuer cannot be revoked here. It expires by itself.',
  internal: 'The service has a fault. Report it with the `requestId`.',
  misconfigured: 'The service is not configured correctly.',
  database_unavailable: 'The database cannot serve the request now. Try again soon.',
  issuer_unavailable: 'The token issuer does not answer. Try again soon.',
} as const

export type RefusalCode = keyof typeof refusals

/** One problem of an input: its path, a stable code, and a sentence. It has no value of the input, but may name a group by its key. */
export type InputProblem = {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** The kinds of callers, each with its own kind of token. */
export const callerKinds = ['service', 'storefront', 'shopper'] as const
export type CallerKind = (typeof callerKinds)[number]

type FilterValue = string | number | boolean | string[]

/** Why a rule holds a customer: the value that each filter asks for, and the customer's value. */
type Reasons = Record<
  string,
  { asked: FilterValue; is: FilterValue | null; since?: string | undefined }
>

export type RefusalDetails = {
  readonly errors?: readonly InputProblem[] | undefined
  /** In seconds. */
  readonly retryAfter?: number | undefined
  /** The changed fields, for `precondition_failed`. */
  readonly changed?: readonly string[] | undefined
  /** For `customer_merged`: the caller continues with that customer. */
  readonly survivorId?: string | undefined
  /** The kind of the token, for `caller_not_allowed` and `insufficient_scope`. */
  readonly caller?: CallerKind | undefined
  /** The kinds of callers that the route is for, for `caller_not_allowed`. */
  readonly callers?: readonly CallerKind[] | undefined
  /** The scope that is missing, for `insufficient_scope`. */
  readonly scope?: string | undefined
  /** For `membership_by_rule`. */
  readonly why?: Reasons | undefined
  /** A fixed sentence that says more than the code's own. */
  readonly detail?: string | undefined
  /** The methods that the path takes, for `method_not_allowed`. */
  readonly allow?: readonly string[] | undefined
  /** The limit that was reached, for 429. */
  readonly limit?: LimitName | undefined
  /** The attempt behind a refusal whose code alone is ordinary. */
  readonly sign?: Sign | undefined
}

/** The attempt behind an answer whose code does not show it. */
export type Sign = 'spent_token' | 'inward_url' | 'caller_address' | 'foreign_redirect'

/** A refusal with a reason that the caller can act on. Any other thrown error is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails
  constructor(code: RefusalCode, details: RefusalDetails = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code)

/** A mistake of this service: never shown, always logged. */
export class Bug extends Error {
  override name = 'Bug'
}

/** The connection was refused because the name resolves to a private address, or to this machine. */
export class PrivateAddressRefused extends Error {
  override name = 'PrivateAddressRefused'
}
