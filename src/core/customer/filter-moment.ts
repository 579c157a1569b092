import * as z from 'zod'
import { parseMoment } from '#kernel/moment'

const RELATIVE = /^-\d{1,5}[hdw]$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const HOUR_MS = 3_600_000
const UNIT_HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 }

/** A day is its first moment in UTC. */
const findFixed = (text: string): Date | null =>
  parseMoment(DAY.test(text) ? `${text}T00:00:00Z` : text)

/**
 * A moment in a filter: a day, a date and time with its zone (RFC 3339), or a number of hours, days or weeks before now: `-90d`. A
 * stored filter stays relative.
 */
export const FilterMoment = z
  .string({ error: 'Must be text.' })
  .refine((text) => RELATIVE.test(text) || findFixed(text) !== null, {
    error:
      'Must be a date, a date and time with a zone, or a number of hours, days or weeks before now, up to 99,999, such as `-12h`, `-90d` or `-4w`.',
    params: { code: 'invalid_format' },
  })
  .overwrite((text) => findFixed(text)?.toISOString() ?? text)
  .meta({ examples: ['2024-06-01', '2024-06-01T08:00:00Z', '-90d'] })

/** The absolute moment of a {@link FilterMoment}. */
export function resolveMoment(text: string, now: Date): Date {
  const hours = hoursBack(text)
  return hours === null ? new Date(text) : new Date(now.getTime() - hours * HOUR_MS)
}

/** The hours that a {@link FilterMoment} lies before now; null: it does not move with the time. A day is 24 hours. */
export function hoursBack(text: string): number | null {
  if (!RELATIVE.test(text)) return null
  return Number(text.slice(1, -1)) * (UNIT_HOURS[text.slice(-1)] ?? 0)
}
