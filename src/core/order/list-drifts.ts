import { type Context, mustHaveScope, readWithinPageLimits } from '#core/context'
import { type Page, type Paging, pageSchema, readCursor, toPage, writeCursor } from '#core/page'
import * as query from './generated/query.ts'
import { Drift } from './view.ts'

export const DriftPage = pageSchema(Drift, 'DriftPage')

type Position = readonly [at: string, customerId: string]

/** A position after every possible drift. */
const START: Position = ['infinity', '']

/** The wrong counters that the nightly check found, newest first. Refuses `invalid_cursor`. */
export async function listDrifts(ctx: Context, { limit, cursor }: Paging): Promise<Page<Drift>> {
  mustHaveScope(ctx, 'customer:read')
  const list = ['drift']
  const [beforeAt, beforeCustomer] = cursor ? readCursor<Position>(ctx, list, cursor) : START
  const { found } = await readWithinPageLimits(ctx, {
    found: query.listDrifts({ tenant: ctx.tenant, beforeAt, beforeCustomer, limit: limit + 1 }),
  })
  const data = found.slice(0, limit)
  const last = data.at(-1)
  const more = found.length > limit && last !== undefined
  return toPage(data, limit, more ? writeCursor(ctx, list, [last.mendedAt, last.customerId]) : null)
}
