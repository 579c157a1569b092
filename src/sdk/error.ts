import type { Problem } from './model.ts'

/** Every reason the service refuses for; the list is closed. */
export type RefusalCode = Problem['code']

/** What has no answer of the service behind it. `invalid_client` and its like are those of RFC 6749. */
export type ClientCode =
  | 'network_error'
  | 'timeout'
  | 'unexpected_response'
  | 'no_session'
  | 'invalid_signature'
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'

export type ErrorCode = RefusalCode | ClientCode

type Details = {
  readonly status?: number
  readonly requestId?: string | null
  readonly errors?: Problem['errors']
  readonly changed?: readonly string[] | undefined
  readonly retryAfter?: number | undefined
  readonly cause?: unknown
}

/** What every failed call rejects with. */
export class CommerceError extends Error {
  override readonly name = 'CommerceError'
  /** Why, to switch over. */
  readonly code: ErrorCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** `req_…`, to name when asking for help; null when no answer came. */
  readonly requestId: string | null
  /** What is wrong with which field, for `invalid_input`. */
  readonly errors: NonNullable<Problem['errors']>
  /** The fields that changed since, for `precondition_failed`. */
  readonly changed: readonly string[]
  /** Seconds to wait before it makes sense to try again. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = details.status ?? 0
    this.requestId = details.requestId ?? null
    this.errors = details.errors ?? []
    this.changed = details.changed ?? []
    this.retryAfter = details.retryAfter
  }
}

/** What came back over the wire, read whole. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

type Body = Partial<Problem> & { readonly error?: ErrorCode; readonly error_description?: string }

/** The error of an answer that is no success. */
export function errorOf({ status, headers, text }: Answer): CommerceError {
  const body: Body = parse(text)
  const requestId = headers.get('X-Request-Id')
  const code = body.code ?? body.error ?? 'unexpected_response'
  const said = body.detail ?? body.error_description ?? `The server answered ${status}.`
  return new CommerceError(code, `${said} (${status} ${code}, ${requestId})`, {
    status,
    requestId,
    errors: body.errors,
    changed: body.changed,
    retryAfter: secondsOf(headers.get('Retry-After')),
  })
}

/** What stands before the service may answer in HTML. */
function parse(text: string): Body {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000)
}
