import * as z from 'zod'
import { Paging } from './input.ts'

export const Count = z.enum(['none', 'capped', 'exact']).default('none').meta({
  description: 'Whether to count what there is on all pages; `capped` stops at 10,000',
})
export type Count = z.output<typeof Count>

/** What a list takes that can be counted. */
export const CountedPaging = z.strictObject({ ...Paging.shape, count: Count })
export type CountedPaging = z.output<typeof CountedPaging>

export type Total = { readonly total: number; readonly totalIsExact: boolean }

const CAP = 10_000

/** For a read, beside its page: what counts up to a number of rows, when the caller asks. */
export const countedIf = <S>(
  count: Count,
  statementOf: (most: number) => S,
): { readonly counted?: S } =>
  count === 'none' ? {} : { counted: statementOf(count === 'exact' ? 2 ** 31 - 1 : CAP + 1) }

/** The only row of what counted; without it nobody asked. */
export type Counted = readonly { readonly total: number }[] | undefined

/** What was counted, as the API says it. */
export function toTotal(count: Count, counted: Counted): Total | null {
  const [row] = counted ?? []
  if (row === undefined) return null
  if (count === 'exact') return { total: row.total, totalIsExact: true }
  return { total: Math.min(row.total, CAP), totalIsExact: row.total <= CAP }
}
