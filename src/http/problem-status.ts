import type { RefusalCode } from '#kernel/error'

export type ProblemStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 412
  | 413
  | 415
  | 421
  | 422
  | 429
  | 500
  | 503

/** The status of each refusal. */
export const statusByRefusal: Readonly<Record<RefusalCode, ProblemStatus>> = {
  malformed_request: 400,
  malformed_json: 400,
  unauthenticated: 401,
  invalid_token: 401,
  invalid_credentials: 401,
  session_ended: 401,
  insufficient_scope: 403,
  email_unverified: 403,
  customer_disabled: 403,
  caller_not_allowed: 403,
  identity_unlinked: 403,
  identity_elsewhere: 403,
  fresh_proof_required: 403,
  not_found: 404,
  order_not_found: 404,
  method_not_allowed: 405,
  customer_not_found: 404,
  address_not_found: 404,
  group_not_found: 404,
  session_not_found: 404,
  passkey_not_found: 404,
  identity_not_found: 404,
  consent_not_found: 404,
  membership_not_found: 404,
  event_not_found: 404,
  dead_letter_not_found: 404,
  webhook_not_found: 404,
  delivery_not_found: 404,
  webhook_disabled: 409,
  rotation_in_progress: 409,
  dead_letter_unreadable: 409,
  customer_merged: 409,
  customer_is_guest: 409,
  customer_is_active: 409,
  email_already_verified: 409,
  mail_token_invalid: 422,
  email_taken: 409,
  identity_taken: 409,
  external_id_taken: 409,
  passkey_invalid: 422,
  passkey_exists: 409,
  passkey_limit_reached: 409,
  address_exists: 409,
  address_limit_reached: 409,
  group_taken: 409,
  group_being_deleted: 409,
  group_in_use: 409,
  membership_by_rule: 409,
  guest_checkout_disabled: 403,
  merge_not_found: 404,
  merge_not_undoable: 409,
  merge_with_itself: 422,
  guest_cannot_survive: 409,
  idempotency_key_in_use: 409,
  idempotency_key_reused: 422,
  precondition_failed: 412,
  wrong_host: 421,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  too_much_metadata: 422,
  metadata_key_reserved: 403,
  rule_not_trusted: 422,
  rule_too_deep: 422,
  rule_cycle: 422,
  rule_limit_reached: 409,
  invalid_cursor: 422,
  narrow_the_query: 422,
  too_many_attempts: 429,
  too_many_requests: 429,
  invalid_request: 400,
  invalid_client: 401,
  unauthorized_client: 400,
  invalid_grant: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  unsupported_token_type: 400,
  internal: 500,
  misconfigured: 500,
  database_unavailable: 503,
  issuer_unavailable: 503,
}

export const titleByStatus: Readonly<Record<ProblemStatus, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** Whether the reason is temporary, so that the same request may succeed later. */
export const isTransient = (code: RefusalCode): boolean =>
  statusByRefusal[code] === 429 ||
  statusByRefusal[code] === 503 ||
  code === 'idempotency_key_in_use'
