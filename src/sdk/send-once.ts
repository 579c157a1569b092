import { encodeQuery } from './encode.ts'
import { type Answer, CommerceError } from './error.ts'
import type { Call } from './request.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type SendSettings = {
  readonly baseUrl: string
  readonly fetch: Fetch
  /** How often a call is sent again. */
  readonly retries: number
  /** Milliseconds for one try. */
  readonly timeout: number
}

/** One try: an answer with any status, or the reason why there is none. It rejects only when the caller's own signal is aborted. */
export async function sendOnce(
  wire: SendSettings,
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
    const response = await wire.fetch(wire.baseUrl + path + encodeQuery(query), {
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
      : new CommerceError('network_error', unreached(wire.baseUrl), { cause })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** The message when no answer came. A browser hides the reason; most often it is CORS. */
function unreached(baseUrl: string): string {
  const origin = (globalThis as { readonly location?: { readonly origin: string } }).location
    ?.origin
  const isForeign = origin !== undefined && new URL(baseUrl, origin).origin !== origin
  const cause = ` If it runs, the origin of this page (${origin}) may be missing in its cors_origins.`
  return `The service could not be reached.${isForeign ? cause : ''}`
}
