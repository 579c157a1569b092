import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, look, mayUse, one, read } from '#core/context'
import {
  Paging,
  readCursor,
  signCursor,
  toPagination,
  type Written,
  type WrittenPage,
  writeCursor,
} from '#core/page'
import { CustomerFilter } from './filter.ts'
import { type Count, countStatement } from './list/count.ts'
import type { Bounds, Position } from './list/query.ts'
import { listStatement } from './list/statement.ts'
import { conditionsOf } from './list/translate.ts'
import { CustomerSort, sortKey } from './sort.ts'
import type { Customer } from './view.ts'

export const ListCustomers = z.strictObject({
  ...CustomerFilter.shape,
  sort: CustomerSort.default('createdAt:desc'),
  count: z
    .enum(['none', 'capped', 'exact'])
    .default('none')
    .meta({ description: 'Adds `total`, of at most 10,000. `exact` may take its time' }),
  ...Paging.shape,
})
export type ListCustomers = z.output<typeof ListCustomers>

/** Of each statement, when everything is counted. */
const DEADLINE_MS = '5000'

export const BOUNDS: Bounds = { near: 500, walk: 3000, sets: 4000, probe: 200 }

const deadlineStatement = look(sql`select set_config('statement_timeout', ${DEADLINE_MS}, true)`)

type Found = { readonly data: Written<Customer[]>; readonly next: Position | null }

/**
 * A page of the customers that a filter means. It looks at a bounded number of rows, so it may hold fewer than `limit` before the
 * end. A customer that changes while someone pages may be met twice or not at all when it moves in the order; one that does not
 * move is met once. Refuses `invalid_cursor`, `narrow_the_query`.
 */
export async function listCustomers(
  ctx: Context,
  input: ListCustomers,
  bounds = BOUNDS,
): Promise<WrittenPage<Customer>> {
  mayUse(ctx, 'customer:read')
  const { sort, count, limit, cursor, ...filter } = input
  const list = ['customer', filter, sort]
  const conditions = conditionsOf(ctx.tenant, filter, ctx.now)
  const page = one<Found, 'read'>(
    listStatement({
      currency: ctx.settings.currency,
      conditions,
      sort: sortKey(sort),
      limit,
      after: cursor === undefined ? null : readCursor<Position>(ctx, list, cursor),
      bounds,
    }),
  )
  const { found, total } = await read(ctx, {
    ...(count === 'none' ? {} : { deadline: deadlineStatement }),
    found: page,
    ...(count === 'none' ? {} : { total: one<Count, 'read'>(countStatement(conditions)) }),
  })
  const write = sort.startsWith('createdAt') ? signCursor : writeCursor
  const next = found.next === null ? null : write(ctx, list, found.next)
  return { data: found.data, pagination: toPagination(limit, next, total ?? null) }
}
