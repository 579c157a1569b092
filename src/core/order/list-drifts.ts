import { type Context, mayUse, read } from '#core/context'
import { type Page, type Paging, pageOf, readCursor, toPage, writeCursor } from '#core/page'
import * as query from './generated/query.ts'
import { Drift } from './view.ts'

export const DriftPage = pageOf(Drift, 'DriftPage')

type Position = readonly [at: string, customerId: string]

/** After every drift there can be. */
const START: Position = ['infinity', '']

/** Counters that were found wrong by the nightly check, newest first. Refuses `invalid_cursor`. */
export async function listDrifts(ctx: Context, { limit, cursor }: Paging): Promise<Page<Drift>> {
  mayUse(ctx, 'customer:read')
  const list = ['drift']
  const [beforeAt, beforeCustomer] = cursor ? readCursor<Position>(ctx, list, cursor) : START
  const { found } = await read(ctx, {
    found: query.listDrifts({ tenant: ctx.tenant, beforeAt, beforeCustomer, limit: limit + 1 }),
  })
  const data = found.slice(0, limit)
  const last = data.at(-1)
  const more = found.length > limit && last !== undefined
  return toPage(data, limit, more ? writeCursor(ctx, list, [last.mendedAt, last.customerId]) : null)
}
