import type * as z from 'zod'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { hoursBack } from './filter-moment.ts'

type Bound = string | number
type Ranged = { readonly [name: string]: unknown }

/** The filters that are the two ends of one range. */
const ranges = [
  ['minOrders', 'maxOrders'],
  ['minSpent', 'maxSpent'],
  ['createdAfter', 'createdBefore'],
  ['updatedAfter', 'updatedBefore'],
  ['lastOrderAfter', 'lastOrderBefore'],
] as const

/** A filter that refuses a range whose end comes before its beginning. */
export const withForwardRangesOnly = <S extends z.ZodType<Ranged>>(filter: S): S =>
  ranges.reduce(
    (schema, [from, to]) =>
      schema.refine((given) => isForward(given[from], given[to]), {
        path: [to],
        error: `Must not be ${from.startsWith('min') ? 'less than' : 'before'} \`${from}\`.`,
        params: { code: 'backwards_range' },
        when: whenFieldsAreValid(from, to),
      }),
    filter,
  )

/** A time that moves and one that does not change their order as time passes. */
function isForward(from: unknown, to: unknown): boolean {
  if (!isBound(from) || !isBound(to)) return true
  const [start, end] = [placeOf(from), placeOf(to)]
  return typeof start !== typeof end || start <= end
}

const isBound = (value: unknown): value is Bound =>
  typeof value === 'string' || typeof value === 'number'

/** Comparable with another bound of the same kind: a number, a time, or a time that moves. */
function placeOf(bound: Bound): Bound {
  const hours = typeof bound === 'string' ? hoursBack(bound) : null
  return hours === null ? bound : -hours
}
