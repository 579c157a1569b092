import type { Problem, Why } from './model.ts'

/** All refusal codes of the service; the list is closed. */
export type RefusalCode = Problem['code']

/** The codes of errors without an answer of the service. */
export type ClientCode =
  | 'network_error'
  | 'timeout'
  | 'unexpected_response'
  | 'no_session'
  | 'invalid_signature'
  | 'invalid_secret'
  | 'login_unknown'
  | 'login_refused'

export type ErrorCode = RefusalCode | ClientCode

/** What is known of a failure: members of its error. */
type Details = {
  readonly [K in Exclude<keyof CommerceError, 'name' | 'message' | 'stack' | 'code'>]?:
    | CommerceError[K]
    | undefined
}

/** The error of every failed call. */
export class CommerceError extends Error {
  /** `CommerceError`. */
  override readonly name = 'CommerceError'
  /** The message alone, for people: without the status, the code and the id of the request. */
  readonly detail: string
  /** The reason, to switch over. */
  readonly code: ErrorCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** `req_…`, for questions to support; null when no answer came. */
  readonly requestId: string | null
  /** The problems of the fields, for `invalid_input`. */
  readonly errors: NonNullable<Problem['errors']>
  /** The changed fields, for `precondition_failed`. */
  readonly changed: readonly string[]
  /** For `customer_merged`: the survivor of the customer that the call names. */
  readonly survivorId: string | undefined
  /** For which values the rule of the group holds the customer, for `membership_by_rule`. */
  readonly why: Why | undefined
  /** The kind of the token, for `caller_not_allowed` and `insufficient_scope`. */
  readonly caller: Problem['caller']
  /** Whom the route is for, for `caller_not_allowed`. */
  readonly callers: NonNullable<Problem['callers']>
  /** The scope that the token lacks, for `insufficient_scope`. */
  readonly scope: string | undefined
  /** The methods of the path, for `method_not_allowed`. */
  readonly allow: readonly string[]
  /** The limit that was reached, for `too_many_requests` and `too_many_attempts`. */
  readonly limit: string | undefined
  /** The seconds to wait before another try makes sense. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.detail = details.detail ?? message
    this.code = code
    this.status = details.status ?? 0
    this.requestId = details.requestId ?? null
    this.errors = details.errors ?? []
    this.changed = details.changed ?? []
    this.survivorId = details.survivorId
    this.why = details.why
    this.caller = details.caller
    this.callers = details.callers ?? []
    this.scope = details.scope
    this.allow = details.allow ?? []
    this.limit = details.limit
    this.retryAfter = details.retryAfter
  }
}

/** An answer, completely read. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

type Body = Partial<Problem> & { readonly error?: ErrorCode; readonly error_description?: string }

const NOBODY = ' Nobody is logged in: pass the session to `setToken`.'
const NO_CREDENTIALS =
  ' The call carried no token: pass the session to `setToken`, or make the client with `clientId` and `clientSecret`.'

/**
 * The error of an unsuccessful answer.
 *
 * @param isOwn whether the call carried the client's own token, and no session's
 */
export function errorOf({ status, headers, text }: Answer, isOwn = false): CommerceError {
  const body: Body = parse(text)
  const requestId = headers.get('X-Request-Id')
  const code = body.code ?? body.error ?? 'unexpected_response'
  const said = body.detail ?? body.error_description ?? strangeAnswerSentence(status)
  const hint = isOwn ? hintFor(code, body.callers) : ''
  return new CommerceError(code, `${said}${hint} (${status} ${code}, ${requestId})`, {
    ...body,
    detail: said,
    status,
    requestId,
    retryAfter: secondsOf(headers.get('Retry-After')),
  })
}

function hintFor(code: string, callers: readonly string[] = []): string {
  if (code === 'unauthenticated') return NO_CREDENTIALS
  return code === 'caller_not_allowed' && callers.includes('shopper') ? NOBODY : ''
}

/** What to say of an answer that is not the service's: `baseUrl` names another server, or a proxy answered in its place. */
export const strangeAnswerSentence = (status: number): string =>
  `The server answered ${status}, but not as the customer service does. Check \`baseUrl\`, and any proxy in between.`

/** Parses a body. A proxy before the service may answer in HTML. */
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
