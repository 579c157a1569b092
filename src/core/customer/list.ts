import * as z from 'zod'
import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import { type Page, Paging, readCursor, signCursor, toPage, writeCursor } from '#core/page'
import type { Statement } from '#db/statement'
import { CustomerFilter } from './filter.ts'
import { withForwardRangesOnly } from './filter-range.ts'
import * as query from './generated/query.ts'
import { type Count, listCountStatement } from './list/count.ts'
import { filterConditions } from './list/filter-conditions.ts'
import type { Bounds, ListQuery, Position } from './list/list-query.ts'
import { listStatement } from './list/list-statement.ts'
import {
  type Found,
  listAllCustomers,
  toFoundPage,
  toListPage,
  type UnfilteredQuery,
} from './list/unfiltered-list-and-page.ts'
import { refuseUndeclaredMetadataKeys } from './metadata-filter.ts'
import { CustomerSort, toSortKey } from './sort.ts'
import type { Customer } from './view.ts'

export const ListCustomers = z.strictObject({
  ...CustomerFilter.shape,
  sort: CustomerSort.default('createdAt:desc'),
  count: z.enum(['none', 'capped', 'exact']).default('none').meta({
    description:
      'Adds `total` and `totalIsExact`. The total is exact up to 10,000, and for all members of one group. Beyond that it is a lower bound. `capped` reads less, so its bound may be lower',
  }),
  ...Paging.shape,
})
export type ListCustomers = z.output<typeof ListCustomers>

/** The same as a body. */
export const SearchCustomers = withForwardRangesOnly(ListCustomers).meta({
  id: 'SearchCustomers',
  examples: [{ q: 'felix 10115', sort: 'lastName:asc' }],
})

/** The deadline of each statement of a list with a count. */
const DEADLINE_MS = '5000'

export const LIST_SEARCH_BOUNDS: Bounds = {
  near: 500,
  scan: 16_000,
  sets: 16_000,
  joined: 100_000,
  wide: 150_000,
  far: 300_000,
  joinedLast: 500_000,
  last: 1_000_000,
  probe: 200,
  named: 60_000,
  likely: 2000,
}

/**
 * A page of the customers that match a filter. It reads a bounded number of rows, so a page before the end may have fewer than
 * `limit`. A customer that moves in the order between two pages may appear twice or not at all. All others appear once. Refuses
 * `invalid_input` for a metadata key that no setting declares, `invalid_cursor`, `narrow_the_query`.
 */
export async function listCustomers(
  ctx: Context,
  input: ListCustomers,
  bounds = LIST_SEARCH_BOUNDS,
): Promise<Page<Customer>> {
  mustHaveScope(ctx, 'customer:read')
  const { sort, count, limit, cursor, ...filter } = input
  refuseUndeclaredMetadataKeys(ctx.settings, filter)
  const list = ['customer', filter, sort]
  const conditions = filterConditions(ctx.tenant, filter, ctx.now)
  const after = cursor === undefined ? null : readCursor<Position>(ctx, list, cursor)
  const page = { currency: ctx.settings.currency, sort: toSortKey(sort), limit, after }
  const counting =
    count === 'none'
      ? {}
      : {
          deadline: query.setStatementTimeout({ milliseconds: DEADLINE_MS }),
          prepared: query.setPlannerForCount({}),
          total: listCountStatement(conditions, count, bounds),
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
  readonly prepared?: Statement<unknown, 'read'>
  readonly total?: Statement<Count, 'read'>
}
type Read = Found & { readonly total?: Count | undefined }

async function readAll(ctx: Context, query: UnfilteredQuery, counting: Counting): Promise<Read> {
  const { rows, total } = await readWithinPageLimits(ctx, {
    rows: listAllCustomers(query),
    ...counting,
  })
  return { ...toListPage(rows, query.limit), total }
}

async function readFiltered(ctx: Context, asked: ListQuery, counting: Counting): Promise<Read> {
  const { rows, total } = await readWithinPageLimits(ctx, {
    rows: listStatement(asked),
    ...counting,
  })
  return { ...toFoundPage(rows), total }
}
