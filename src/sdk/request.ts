import { randomHex } from './encode.ts'
import { type Answer, CommerceError, errorOf, strangeAnswerSentence } from './error.ts'
import { ifMatchTagOf, type Matchable, rememberEtag } from './etag.ts'
import { pause } from './pause.ts'
import { isSurelyNotDone, mayRetry, retryDelay } from './retry.ts'
import { type SendSettings, sendOnce } from './send-once.ts'
import type { Kept } from './session-store.ts'

/** The last argument of every call. */
export type CallOptions = {
  /** Ends the call, its retries too. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one try. */
  readonly timeout?: number | undefined
  /** The key under which a POST may be repeated; default: a new one. A storefront's keys end with its access token, after an hour. */
  readonly idempotencyKey?: string | undefined
  /** The version that was read: an object of this client or an ETag. Refuses `precondition_failed` if it has changed since. */
  readonly ifMatch?: Matchable | undefined
  /**
   * For a shop's server: the address of the shopper for whom it asks, one IPv4 or IPv6 address without a port. The service then counts
   * failures and mails there, and the list of sessions shows it. Only a service is believed. A call with a session's token therefore takes
   * the client's own along, which must be a service's: `invalid_token` otherwise. `malformed_request` for what is no address.
   */
  readonly callerAddress?: string | undefined
  /** Why staff asks, for the event of an export; at most 500 characters. */
  readonly reason?: string | undefined
}

/**
 * The token to send. session: the session's; the client's own if no session was ever set. either: as `session`, also after its end (the proof is in the body). client: always the client's own. nobody: none.
 */
export type As = 'session' | 'either' | 'client' | 'nobody'

export type Call = {
  readonly method: string
  readonly path: string
  readonly query?: object | undefined
  readonly body?: unknown
  /** The service honours Idempotency-Key here. */
  readonly keyed?: boolean
  /** A POST that may be repeated even without a key. */
  readonly harmless?: boolean
  readonly as?: As
  /** Shared by calls that belong together, such as the pages of a list. All are sent for the same caller as the first. */
  readonly line?: Line
  /** The longest wait for one try, in milliseconds, if the timeout is not shorter. */
  readonly within?: number
  readonly options?: CallOptions | undefined
}

/** Sends one call, with retries, and reads its answer. */
export type Send = <T>(call: Call) => Promise<T>

export type Bearer = {
  /** The token of one try. */
  readonly token: string | null
  /** The session that it belongs to, if any. */
  readonly session: Kept | null
  /** The client's own token beside that of a session, as proof that a service names the shopper's address. */
  readonly voucher?: string | null
}

/** The bearer of the latest try. */
export type Line = { bearer?: Bearer }

/** The source of tokens. */
export type TokenSource = {
  /**
   * @param before the bearer of the previous try. A retry must be for the same caller, perhaps with a renewed token. Otherwise it is refused `session_ended`.
   */
  readonly bearerFor: (call: Call, before?: Bearer) => Promise<Bearer>
  /** Renews a refused token; answers whether another try makes sense. */
  readonly renew: (refused: Bearer) => Promise<boolean>
  /** Likewise for the voucher: the service does not say which of the two it refused. */
  readonly renewVoucher: (refused: Bearer) => Promise<boolean>
}

const LONGEST_WAIT_MS = 30_000

export function makeSend(wire: SendSettings, tokens: TokenSource): Send {
  return async <T>(call: Call): Promise<T> => {
    const headers = headersOf(call)
    const signal = call.options?.signal
    const renewals = [tokens.renew, tokens.renewVoucher]
    let unsure = false
    const line = call.line ?? {}
    for (let tries = 0; ; tries++) {
      const bearer = await tokens.bearerFor(call, line.bearer)
      line.bearer = bearer
      present(headers, bearer)
      const outcome = await sendOnce(wire, call, headers)
      if (!(outcome instanceof CommerceError) && outcome.status < 300) return read(outcome) as T
      const error =
        outcome instanceof CommerceError ? outcome : errorOf(outcome, bearer.session === null)
      // An earlier try, whose answer was lost, has deleted it.
      if (unsure && call.method === 'DELETE' && error.status === 404) return undefined as T
      if (error.code === 'invalid_token' && bearer.token !== null) {
        if (await renewNext(renewals, bearer)) continue
      }
      const wait = retryDelay(error, tries)
      if (tries >= wire.retries || wait > LONGEST_WAIT_MS || !mayRetry(call, error, tries))
        throw error
      unsure ||= !isSurelyNotDone(error)
      await pause(wait, signal)
    }
  }
}

function headersOf({ body, keyed, options = {} }: Call): Headers {
  const headers = new Headers({ Accept: 'application/json' })
  if (typeof body === 'object' && !(body instanceof URLSearchParams))
    headers.set('Content-Type', 'application/json')
  if (keyed) headers.set('Idempotency-Key', options.idempotencyKey ?? randomHex())
  if (options.ifMatch !== undefined) headers.set('If-Match', ifMatchTagOf(options.ifMatch))
  if (options.callerAddress !== undefined) headers.set('X-Caller-Address', options.callerAddress)
  if (options.reason !== undefined) headers.set('X-Reason', encodeURIComponent(options.reason))
  return headers
}

function present(headers: Headers, { token, voucher }: Bearer): void {
  const tokens = { Authorization: token && `Bearer ${token}`, 'X-Service-Token': voucher }
  for (const [name, value] of Object.entries(tokens)) {
    headers.delete(name)
    if (value) headers.set(name, value)
  }
}

/** Renews what was refused. Each of the renewals that are left is tried once. */
async function renewNext(
  left: ((refused: Bearer) => Promise<boolean>)[],
  refused: Bearer,
): Promise<boolean> {
  for (let renew = left.shift(); renew; renew = left.shift()) if (await renew(refused)) return true
  return false
}

function read({ status, headers, text }: Answer): unknown {
  if (text === '') return undefined
  try {
    return rememberEtag(JSON.parse(text), headers.get('ETag'))
  } catch (cause) {
    throw new CommerceError('unexpected_response', strangeAnswerSentence(status), { status, cause })
  }
}
