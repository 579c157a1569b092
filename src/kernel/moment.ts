import * as z from 'zod'

const WRITTEN =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i

/** The years 1 to 9999 of UTC: Postgres stores them, and RFC 3339 and JavaScript write them alike. */
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** The moment that a text of RFC 3339 names; null for another text, for a day that no calendar has, and for a leap second. */
export function parseMoment(text: string): Date | null {
  if (!WRITTEN.test(text)) return null
  const moment = new Date(text.toUpperCase())
  return isRealDay(text) && isMoment(moment.getTime()) ? moment : null
}

/** JavaScript reads the 31st of February as the 3rd of March. */
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10)
  const at = new Date(day)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

const isMoment = (ms: number): boolean => ms >= FIRST && ms <= LAST

/**
 * The type of every time that comes in: a date and time with its zone (RFC 3339), in the years 1 to 9999 of UTC. It is stored in UTC
 * with milliseconds, so it can be written as it was read. A leap second (`:60`) is refused, for neither Postgres nor JavaScript has it.
 */
export const Moment = z
  .string({ error: 'Must be text.' })
  .refine((text) => parseMoment(text) !== null, {
    error:
      'Must be a date and time with a zone (RFC 3339), in the years 1 to 9999, and no leap second.',
    params: { code: 'invalid_format' },
    abort: true,
  })
  .overwrite((text) => parseMoment(text)?.toISOString() ?? text)
  .meta({ format: 'date-time', examples: ['2024-06-01T08:00:00.000Z'] })
export type Moment = z.output<typeof Moment>

/** A time of a token (RFC 7519): seconds since 1970, in the years that a {@link Moment} has. */
export const EpochSeconds = z
  .number()
  .min(0)
  .max(Math.floor(LAST / 1000))
