import * as z from 'zod'
import { type Context, mayUse, read } from '#core/context'
import { type Page, Paging, readCursor, signCursor, toPage, writeCursor } from '#core/page'
import type { Statement } from '#db/statement'
import { CustomerFilter } from './filter.ts'
import * as query from './generated/query.ts'
import { type Count, countStatement } from './list/count.ts'
import { type Found, listAll, type PageQuery, toFound } from './list/page.ts'
import type { Bounds, ListQuery, Position } from './list/query.ts'
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

/**
 * A page of the customers that a filter means. It looks at a bounded number of rows, so it may hold fewer than `limit` before the
 * end. A customer that changes while someone pages may be met twice or not at all when it moves in the order; one that does not
 * move is met once. Refuses `invalid_cursor`, `narrow_the_query`.
 */
export async function listCustomers(
  ctx: Context,
  input: ListCustomers,
  bounds = BOUNDS,
): Promise<Page<Customer>> {
  mayUse(ctx, 'customer:read')
  const { sort, count, limit, cursor, ...filter } = input
  const list = ['customer', filter, sort]
  const conditions = conditionsOf(ctx.tenant, filter, ctx.now)
  const after = cursor === undefined ? null : readCursor<Position>(ctx, list, cursor)
  const page = { currency: ctx.settings.currency, sort: sortKey(sort), limit, after }
  const counting =
    count === 'none'
      ? {}
      : {
          deadline: query.setDeadline({ milliseconds: DEADLINE_MS }),
          total: countStatement(conditions),
        }
  const { customers, next, total } =
    conditions.all.length === 0 && conditions.sure === null
      ? await readAll(ctx, { tenant: ctx.tenant, ...page }, counting)
      : await readFiltered(ctx, { ...page, conditions, bounds }, counting)
  const write = sort.startsWith('createdAt') ? signCursor : writeCursor
  return toPage(customers, limit, next && write(ctx, list, next), total ?? null)
}

type Counting = {
  readonly deadline?: Statement<unknown, 'read'>
  readonly total?: Statement<Count, 'read'>
}
type Read = Found & { readonly total?: Count | undefined }

async function readAll(ctx: Context, query: PageQuery, counting: Counting): Promise<Read> {
  const { rows, total } = await read(ctx, { ...counting, rows: listAll(query) })
  return { ...toFound(rows, query.limit), total }
}

async function readFiltered(ctx: Context, query: ListQuery, counting: Counting): Promise<Read> {
  const { found, total } = await read(ctx, { ...counting, found: listStatement(query) })
  return { ...found, total }
}
