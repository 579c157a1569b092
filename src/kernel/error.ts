import type { LimitName } from './limit.ts'

/** All refusal codes with the sentences that explain them. The list is closed: clients may switch over it. */
export const refusals = {
  malformed_request: 'The request could not be read.',
  malformed_json: 'The body is not valid JSON in UTF-8.',
  unauthenticated: 'A bearer token is needed.',
  invalid_token:
    'The access token is not valid here, or has expired. Get another one: POST /oauth/token for a client, POST /auth/refresh for a session.',
  insufficient_scope: 'The token lacks the scope for this.',
  caller_not_allowed: 'This kind of caller may not do this.',
  invalid_credentials: 'The e-mail address, the password, the code or the passkey is wrong.',
  session_ended: 'The session has ended; log in again.',
  email_unverified: 'The e-mail address is not verified yet; open the link in the mail.',
  customer_disabled: 'The account is disabled.',
  identity_unlinked:
    'This identity is not linked to an account yet. Log in with its password and verify the address.',
  identity_elsewhere:
    'Shoppers of this shop log in at its identity provider. Send them there: this route opens no session and checks no password.',
  fresh_proof_required:
    'This action needs a proof from the last ten minutes. Send the password, or renew the session with `POST /auth/reauthenticate`.',
  not_found: 'This path does not exist.',
  order_not_found: 'There is no such order.',
  method_not_allowed: 'This path does not support the method. `Allow` names the supported ones.',
  customer_not_found: 'There is no such customer.',
  address_not_found: 'The customer has no such address.',
  group_not_found: 'There is no such group.',
  session_not_found: 'There is no such session.',
  passkey_not_found: 'There is no such passkey.',
  identity_not_found: 'The account has no such login at another provider.',
  consent_not_found: 'The customer was never asked about this purpose.',
  membership_not_found: 'The customer is not in this group.',
  event_not_found: 'There is no such event.',
  dead_letter_not_found: 'There is no such dead letter.',
  webhook_not_found: 'There is no such webhook.',
  delivery_not_found: 'There is no such delivery.',
  webhook_disabled: 'The webhook is disabled; enable it first.',
  rotation_in_progress:
    'The previous secret still signs; rotate again after `previousSecretUntil`.',
  dead_letter_unreadable: 'The dead letter contains no job or order that could be replayed.',
  customer_merged: 'The customer was merged into another; write to the survivor.',
  customer_is_guest: 'The customer is a guest. Create an account for the address first.',
  customer_is_active: 'The owner can log in already. Send a password reset instead.',
  email_already_verified: 'The e-mail address is verified already.',
  mail_token_invalid: 'The link is invalid or has expired. Ask for a new one.',
  email_taken: 'Another customer has this e-mail address.',
  identity_taken: 'Another customer is linked to this identity.',
  external_id_taken: 'Another customer has this external id.',
  passkey_invalid:
    'The passkey is invalid for this account, or its options have expired. Ask for new options.',
  passkey_exists: 'This passkey is registered already.',
  passkey_limit_reached: 'The account has the maximum of 20 passkeys. Remove one first.',
  address_exists: 'The customer has this address already.',
  address_limit_reached: 'The customer has the maximum number of addresses. Remove one first.',
  group_taken: 'A group with this key exists.',
  group_being_deleted: 'The group of this key is being deleted; try again soon.',
  rule_cycle: 'A rule may not read its own group, not even through other groups.',
  rule_too_deep: 'The chain of rules that read each other is longer than 10. Shorten it.',
  rule_limit_reached: 'The shop has the maximum of 200 groups with rules. Remove a rule first.',
  group_in_use: 'The rules of other groups read this group. Change the rules that `errors` names.',
  membership_by_rule:
    'The customer is in the group by its rule alone. Change the rule; `GET /customer/{id}/group` shows why.',
  guest_checkout_disabled: 'This shop does not allow guest checkout. Register instead.',
  merge_not_found: 'There is no such merge.',
  merge_not_undoable: 'This merge can no longer be undone.',
  merge_with_itself: 'A customer cannot be merged with itself. Name another one.',
  guest_cannot_survive: 'An account cannot be merged into a guest. Merge the guest into it.',
  too_much_metadata: 'A resource has at most 50 metadata keys. Remove some first.',
  metadata_key_reserved: 'Only services write these metadata keys.',
  rule_not_trusted:
    'The rule reads values that shoppers can change, directly or through another group. Set `allowShopperValues` on every group in the chain, or remove what `errors` names.',
  idempotency_key_in_use: 'A request with this key is still in progress. Try again soon.',
  idempotency_key_reused: 'This key was used for a different request. Use a new key.',
  precondition_failed: 'The resource does not meet the condition. Read it again and retry.',
  wrong_host:
    'In development the service answers only to the names of this machine. Use localhost.',
  body_too_large: 'The body is larger than 64 KB.',
  unsupported_media_type:
    'The body must be application/json, or a form at the OAuth routes, in UTF-8 and not compressed.',
  invalid_input: 'Some fields are invalid. `errors` names them.',
  invalid_cursor: 'The cursor does not belong to this list, or was altered.',
  narrow_the_query: 'The query takes too long; add a filter.',
  too_many_attempts: 'Too many failed attempts. Wait as `Retry-After` says, or reset the password.',
  too_many_requests: 'Too many requests. Wait as `Retry-After` says.',
  invalid_request: 'A parameter is missing, malformed or repeated.',
  invalid_client: 'The client is unknown, or its secret or assertion is wrong.',
  unauthorized_client: 'This client may not use this grant.',
  invalid_grant: 'The code or refresh token is invalid or has expired. Log in again.',
  unsupported_grant_type: 'The grant type is not known here.',
  invalid_scope: 'The scope exceeds what the client or the session may get. Ask for less.',
  unsupported_token_type: 'A token of another issuer cannot be revoked here. It expires by itself.',
  internal: 'Something went wrong on our side.',
  misconfigured: 'The service is not configured correctly.',
  database_unavailable: 'The database cannot serve this now; try again soon.',
  issuer_unavailable: 'The token issuer does not answer; try again soon.',
} as const

export type RefusalCode = keyof typeof refusals

/** One problem of an input: its path, a stable code, and a fixed sentence (never the value). */
export type InputProblem = {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What a token is of, as the routes tell callers apart. */
export const callerKinds = ['service', 'storefront', 'shopper'] as const
export type CallerKind = (typeof callerKinds)[number]

type FilterValue = string | number | boolean | string[]

/** Why a rule holds a customer: what each filter asks, and the value of the customer. */
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
  /** For `customer_merged`: the customer to go on with. */
  readonly survivorId?: string | undefined
  /** What the caller's token is of, for `caller_not_allowed` and `insufficient_scope`. */
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
  /** What somebody tried, where the code alone is an ordinary one. */
  readonly sign?: Sign | undefined
}

/** What somebody tried, in an answer whose code does not say it. */
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

/** The connection was refused where it would be made: the name resolves to a private address, or to this machine. */
export class AddressRefused extends Error {
  override name = 'AddressRefused'
}
