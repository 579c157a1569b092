import { randomKey, search } from './encode.ts'
import { type Answer, CommerceError, type ErrorCode, errorOf } from './error.ts'
import { type Matchable, rememberEtag, tagOf } from './etag.ts'
import { pause } from './pause.ts'
import type { Kept } from './session-store.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The last argument of every call. */
export type CallOptions = {
  /** Ends the call, its retries too. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one try. */
  readonly timeout?: number | undefined
  /** The key under which a POST may be repeated; default: a new one. */
  readonly idempotencyKey?: string | undefined
  /** The version that was read: an object of this client or an ETag. Refuses `precondition_failed` if it has changed since. */
  readonly ifMatch?: Matchable | undefined
}

/**
 * The token to send: the session's, or the client's own where no session ever was; the session's or else the client's own, for a call
 * whose body is its proof; always the client's own; or none.
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
  /** Shared by calls that continue each other, such as the pages of a list: all are sent for the one for whom the first was sent. */
  readonly line?: Line
  /** The longest wait for one try, in milliseconds, if the timeout is not shorter. */
  readonly within?: number
  readonly options?: CallOptions | undefined
}

/** Sends one call, with retries, and reads its answer. */
export type Send = <T>(call: Call) => Promise<T>

export type Wire = {
  readonly baseUrl: string
  readonly fetch: Fetch
  /** How often a call is sent again. */
  readonly retries: number
  /** Milliseconds for one try. */
  readonly timeout: number
}

/** The token of one try, and the session that it belongs to, if any. */
export type Bearer = { readonly token: string | null; readonly session: Kept | null }

/** The token of the latest try. */
export type Line = { bearer?: Bearer }

/** The source of tokens. */
export type TokenSource = {
  /**
   * @param before the token of the try before: a call goes on for the one for whom it began, with a renewed token perhaps, or else
   * is refused `session_ended`. Neither the client's own rights nor another shopper's session take over.
   */
  readonly tokenFor: (as: As, before?: Bearer) => Promise<Bearer>
  /** Renews a refused token; answers whether another try makes sense. */
  readonly renew: (refused: Bearer) => Promise<boolean>
}

const LONGEST_WAIT_MS = 30_000
const FIRST_WAIT_MS = 250

export function makeSend(wire: Wire, tokens: TokenSource): Send {
  return async <T>(call: Call): Promise<T> => {
    const headers = headersOf(call)
    const signal = call.options?.signal
    let renewed = false
    let unsure = false
    const line = call.line ?? {}
    for (let tries = 0; ; tries++) {
      const bearer = await tokens.tokenFor(call.as ?? 'session', line.bearer)
      line.bearer = bearer
      const { token } = bearer
      headers.delete('Authorization')
      if (token !== null) headers.set('Authorization', `Bearer ${token}`)
      const outcome = await attempt(wire, call, headers)
      if (!(outcome instanceof CommerceError) && outcome.status < 300) return read(outcome) as T
      const error = outcome instanceof CommerceError ? outcome : errorOf(outcome)
      // An earlier try, whose answer was lost, has deleted it.
      if (unsure && call.method === 'DELETE' && error.status === 404) return undefined as T
      if (error.code === 'invalid_token' && token !== null && !renewed) {
        renewed = true
        if (await tokens.renew(bearer)) continue
      }
      const wait = waitBefore(error, tries)
      if (tries >= wire.retries || wait > LONGEST_WAIT_MS || !mayRepeat(call, error)) throw error
      unsure ||= !isUndone(error)
      await pause(wait, signal)
    }
  }
}

function headersOf({ body, keyed, options = {} }: Call): Headers {
  const headers = new Headers({ Accept: 'application/json' })
  if (typeof body === 'object' && !(body instanceof URLSearchParams))
    headers.set('Content-Type', 'application/json')
  if (keyed) headers.set('Idempotency-Key', options.idempotencyKey ?? randomKey())
  if (options.ifMatch !== undefined) headers.set('If-Match', tagOf(options.ifMatch))
  return headers
}

/** One try: an answer with any status, or the reason why there is none. It rejects only when the caller's own signal is aborted. */
async function attempt(
  wire: Wire,
  { method, path, query, body, within = Infinity, options = {} }: Call,
  headers: Headers,
): Promise<Answer | CommerceError> {
  const { signal } = options
  const timeout = Math.min(options.timeout ?? wire.timeout, within)
  signal?.throwIfAborted()
  const clock = new AbortController()
  const stop = () => clock.abort()
  const timer = setTimeout(stop, timeout)
  signal?.addEventListener('abort', stop)
  try {
    const response = await wire.fetch(wire.baseUrl + path + search(query), {
      method,
      headers,
      signal: clock.signal,
      ...(body === undefined
        ? {}
        : { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    })
    // The body is read under the same timeout: an incomplete answer is none.
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    signal?.throwIfAborted()
    return clock.signal.aborted
      ? new CommerceError('timeout', `No answer within ${timeout} ms.`, { cause })
      : new CommerceError('network_error', 'The service could not be reached.', { cause })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

function read({ status, headers, text }: Answer): unknown {
  if (text === '') return undefined
  try {
    return rememberEtag(JSON.parse(text), headers.get('ETag'))
  } catch (cause) {
    throw new CommerceError('unexpected_response', 'The answer is not JSON.', { status, cause })
  }
}

const undone: readonly ErrorCode[] = ['too_many_requests', 'idempotency_key_in_use']
const isUndone = ({ code }: CommerceError): boolean => undone.includes(code)

const passing: readonly number[] = [0, 429, 502, 503, 504]

/**
 * Whether a repeat can help and is safe: reads, keyed POSTs, and changes that set the same values again. A change under If-Match is
 * repeated only if it was surely not done: otherwise the second try would be refused because of the first one's change.
 */
function mayRepeat({ method, keyed, harmless, options }: Call, error: CommerceError): boolean {
  if (method === 'POST' && !keyed && !harmless) return false
  if (isUndone(error)) return true
  return passing.includes(error.status) && (keyed || options?.ifMatch === undefined)
}

/** The milliseconds to wait: exponential with full jitter, after the time that the service names. */
const waitBefore = ({ retryAfter = 0 }: CommerceError, tries: number): number =>
  retryAfter * 1000 + Math.random() * FIRST_WAIT_MS * 2 ** tries
