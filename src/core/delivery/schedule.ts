const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The wait before each attempt, as Standard Webhooks 1.0 suggests: ten attempts over 75 hours. */
const WAITS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

const JITTER = 0.1
const LONGEST_PAUSE = 24 * HOUR

/**
 * The time of the next attempt after attempt number `step` (from 0) failed at `at`; null when that was the last. It is up to a tenth
 * later than the schedule, differently for each delivery, and not before `notBefore`.
 */
export function nextAttemptTime(
  id: string,
  step: number,
  at: Date,
  notBefore: Date | null,
): Date | null {
  const wait = WAITS[step + 1]
  if (wait === undefined) return null
  const due = at.getTime() + Math.round(wait * (1 + JITTER * spread(`${id} ${step}`)))
  return new Date(Math.max(due, notBefore?.getTime() ?? 0))
}

/** A number in [0, 1) that follows from a text (FNV-1a), so that deliveries that failed together are not retried together. */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return (hash >>> 0) / 2 ** 32
}

/** Retry-After (RFC 9110): seconds or a date; null without one. At most a day from `at`. */
export function readRetryAfter(header: string | null, at: Date): Date | null {
  if (header === null) return null
  const moment = /^\d{1,9}$/.test(header.trim())
    ? at.getTime() + Number(header) * SECOND
    : Date.parse(header)
  if (Number.isNaN(moment) || moment <= at.getTime()) return null
  return new Date(Math.min(moment, at.getTime() + LONGEST_PAUSE))
}

/** The pause for an overloaded endpoint that names none. */
export const OVERLOADED_ENDPOINT_PAUSE_MS = 30 * SECOND
