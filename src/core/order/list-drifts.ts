import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, look, mayUse, read } from '#core/context'
import { type Page, type Paging, pageOf, readCursor, toPage, writeCursor } from '#core/page'

const Counters = z.strictObject({
  orderCount: z.int(),
  totalSpent: z.int(),
  spent: z.record(z.string(), z.strictObject({ amount: z.int(), orders: z.int() })),
  lastOrderAt: z.iso.datetime().nullable(),
})

export const Drift = z
  .strictObject({
    customerId: z.string(),
    counted: Counters.meta({ description: 'What the counters said' }),
    ledger: Counters.meta({ description: 'What the orders say; what the counters were set to' }),
    mendedAt: z.iso.datetime(),
  })
  .meta({ id: 'Drift' })
export type Drift = z.output<typeof Drift>

export const DriftPage = pageOf(Drift, 'DriftPage')

/** Counters that were found wrong by the nightly check, newest first. Refuses `invalid_cursor`. */
export async function listDrifts(ctx: Context, { limit, cursor }: Paging): Promise<Page<Drift>> {
  mayUse(ctx, 'customer:read')
  const list = ['drift']
  const [at, id] = cursor ? readCursor<[string, string]>(ctx, list, cursor) : [null, null]
  const { found } = await read(ctx, {
    found:
      look<Drift>(sql`select customer_id as "customerId", counted, ledger, iso(created_at) as "mendedAt" from drift
      where tenant = ${ctx.tenant}
        and (${id}::text is null or (created_at, customer_id) < (${at}::timestamptz, ${id}))
      order by created_at desc, customer_id desc limit ${limit + 1}::int`),
  })
  const data = found.slice(0, limit)
  const last = data.at(-1)
  const more = found.length > limit && last !== undefined
  return toPage(data, limit, more ? writeCursor(ctx, list, [last.mendedAt, last.customerId]) : null)
}
