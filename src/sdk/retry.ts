import type { CommerceError } from './error.ts'
import type { Call } from './request.ts'

const FIRST_WAIT_MS = 250
/** The most retries of a POST that may be retried after a 429 only. */
const REPEATS = 2
const SHORT_WAIT = 2

/** Whether a refused call has surely changed nothing, and may pass later: the service says 429 before it does anything. */
export const isSurelyNotDone = ({ status, code }: CommerceError): boolean =>
  status === 429 || code === 'idempotency_key_in_use'

const passing: readonly number[] = [0, 502, 503, 504]

/**
 * Whether a repeat can help and is safe: reads, keyed POSTs, and changes that set the same values again. A change under If-Match is
 * repeated only if it was surely not done: otherwise the second try would be refused because of the first one's change. Any other POST,
 * such as a login, is repeated only if it was surely not done and the wait is short: somebody waits before a form.
 */
export function mayRetry(
  { method, keyed, harmless, options }: Call,
  error: CommerceError,
  tries: number,
): boolean {
  const { status, retryAfter = Infinity } = error
  if (method === 'POST' && !keyed && !harmless) {
    return status === 429 && retryAfter <= SHORT_WAIT && tries < REPEATS
  }
  return (
    isSurelyNotDone(error) ||
    (passing.includes(status) && (keyed || options?.ifMatch === undefined))
  )
}

/** The milliseconds to wait: exponential with full jitter, after the time that the service names. */
export const retryDelay = ({ retryAfter = 0 }: CommerceError, tries: number): number =>
  retryAfter * 1000 + Math.random() * FIRST_WAIT_MS * 2 ** tries
