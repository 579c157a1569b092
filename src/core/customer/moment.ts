import * as z from 'zod'

const RELATIVE = /^-\d{1,5}[hdw]$/
const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/
const HOUR_MS = 3_600_000
const UNIT_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 168 * HOUR_MS }

/** The years 1 to 9999, which Postgres and JavaScript write alike. */
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A moment in a filter: a day (its first moment in UTC), a date and time with its zone (RFC 3339), or a number of hours, days or
 * weeks before now: `-90d`. A stored filter stays relative.
 */
export const FilterMoment = z
  .string({ error: 'Must be text.' })
  .refine((text) => RELATIVE.test(text) || findMoment(text) !== null, {
    error:
      'Must be a date, a date and time with a zone, or hours, days or weeks back such as -90d.',
  })
  .overwrite((text) => findMoment(text)?.toISOString() ?? text)
  .meta({ examples: ['2024-06-01', '2024-06-01T08:00:00Z', '-90d'] })

/** The absolute moment of a {@link FilterMoment}. */
export function resolveMoment(text: string, now: Date): Date {
  if (!RELATIVE.test(text)) return new Date(text)
  const ms = Number(text.slice(1, -1)) * (UNIT_MS[text.slice(-1)] ?? 0)
  return new Date(now.getTime() - ms)
}

function findMoment(text: string): Date | null {
  if (!WRITTEN.test(text)) return null
  const moment = new Date(text)
  const ms = moment.getTime()
  return isRealDay(text) && ms >= FIRST && ms <= LAST ? moment : null
}

/** JavaScript reads the 31st of February as the 3rd of March. */
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10)
  const at = new Date(day)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}
