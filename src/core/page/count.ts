import * as z from 'zod'
import { Paging } from './input.ts'

const Count = z.enum(['none', 'capped', 'exact']).default('none').meta({
  description: 'Whether to count the items of all pages; `capped` stops at 10,000',
})
type Count = z.output<typeof Count>

/** The parameters of a list that can be counted. */
export const CountedPaging = z.strictObject({ ...Paging.shape, count: Count })
export type CountedPaging = z.output<typeof CountedPaging>

type Total = { readonly total: number; readonly totalIsExact: boolean }

const CAP = 10_000

/** The statement of a read that counts up to a number of rows, if the caller asks for it. */
export const countIfAsked = <S>(
  count: Count,
  statementOf: (most: number) => S,
): { readonly counted?: S } =>
  count === 'none' ? {} : { counted: statementOf(count === 'exact' ? 2 ** 31 - 1 : CAP + 1) }

/** The only row of the count; undefined without a request to count. */
export type CountRows = readonly { readonly total: number }[] | undefined

/** The count as the API shows it. */
export function toTotal(count: Count, counted: CountRows): Total | null {
  const [row] = counted ?? []
  if (row === undefined) return null
  if (count === 'exact') return { total: row.total, totalIsExact: true }
  return { total: Math.min(row.total, CAP), totalIsExact: row.total <= CAP }
}
