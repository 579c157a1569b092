import { Refusal } from '#kernel/error'

const DAY_MS = 24 * 3_600_000

/**
 * The refusal for an order that was placed more than a day after now; undefined for any other. The newest order decides `lastOrderAt`, so an order dated next year would hide all later ones. A day is allowed, because clocks differ and some systems write a local time as UTC.
 */
export const placedAheadRefusal = (placedAt: string, now: Date): Refusal | undefined =>
  Date.parse(placedAt) > now.getTime() + DAY_MS
    ? new Refusal('invalid_input', { errors: [problem] })
    : undefined

const problem = {
  path: 'placedAt',
  code: 'too_big',
  message: 'Must be at most one day in the future.',
}
