import * as z from 'zod'
import { Paging } from './input.ts'

const Count = z.enum(['none', 'capped', 'exact']).default('none').meta({
  description: 'Whether to count what there is on all pages; `capped` stops at 10,000',
})
type Count = z.output<typeof Count>

/** What a list takes that can be counted. */
export const CountedPaging = z.strictObject({ ...Paging.shape, count: Count })
export type CountedPaging = z.output<typeof CountedPaging>

type Total = { readonly total: number; readonly totalIsExact: boolean }

const CAP = 10_000

/** How far a use case counts; 0 when nobody asks. */
export const countLimit = (count: Count): number =>
  ({ none: 0, capped: CAP + 1, exact: 2 ** 31 - 1 })[count]

/** What was counted, as the API says it. */
export function toTotal(count: Count, found: number | null): Total | null {
  if (found === null || count === 'none') return null
  if (count === 'exact') return { total: found, totalIsExact: true }
  return { total: Math.min(found, CAP), totalIsExact: found <= CAP }
}
