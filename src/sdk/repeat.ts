import type { CommerceError, ErrorCode } from './error.ts'
import type { Call } from './request.ts'

const FIRST_WAIT_MS = 250

const undone: readonly ErrorCode[] = ['too_many_requests', 'idempotency_key_in_use']

/** Whether a refused call has surely changed nothing, and may pass later. */
export const isUndone = ({ code }: CommerceError): boolean => undone.includes(code)

const passing: readonly number[] = [0, 429, 502, 503, 504]

/**
 * Whether a repeat can help and is safe: reads, keyed POSTs, and changes that set the same values again. A change under If-Match is
 * repeated only if it was surely not done: otherwise the second try would be refused because of the first one's change.
 */
export function mayRepeat(
  { method, keyed, harmless, options }: Call,
  error: CommerceError,
): boolean {
  if (method === 'POST' && !keyed && !harmless) return false
  if (isUndone(error)) return true
  return passing.includes(error.status) && (keyed || options?.ifMatch === undefined)
}

/** The milliseconds to wait: exponential with full jitter, after the time that the service names. */
export const waitBefore = ({ retryAfter = 0 }: CommerceError, tries: number): number =>
  retryAfter * 1000 + Math.random() * FIRST_WAIT_MS * 2 ** tries
