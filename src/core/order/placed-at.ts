import { Refusal } from '#kernel/error'

const DAY_MS = 24 * 3_600_000

/**
 * Why an order of this moment is not recorded; undefined: it may be. The newest order decides `lastOrderAt`, so one from next year would
 * hide all that follow. A day is allowed, because clocks differ and some systems write a local time as UTC.
 */
export const refusePlacedAhead = (placedAt: string, now: Date): Refusal | undefined =>
  Date.parse(placedAt) > now.getTime() + DAY_MS
    ? new Refusal('invalid_input', { errors: [problem] })
    : undefined

const problem = {
  path: 'placedAt',
  code: 'too_big',
  message: 'Must be at most a day after now.',
}
