import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, document, mayActFor, read } from '#core/context'
import { Refusal } from '#kernel/error'
import { OrderId } from './input.ts'

/** How many of the newest orders an explanation looks at. */
const EXPLAINED = 1000

const Part = z.strictObject({ orderId: OrderId, amount: z.int() })

export const Stats = z
  .strictObject({
    customerId: z.string(),
    orderCount: z.int().meta({ description: 'Orders that are not canceled, in every currency' }),
    totalSpent: z.int().meta({ description: 'Minor units of `currency`, less what was refunded' }),
    currency: z.string(),
    spent: z.array(z.strictObject({ currency: z.string(), amount: z.int(), orders: z.int() })),
    lastOrderAt: z.iso.datetime().nullable(),
    explain: z
      .strictObject({
        orderCount: z.array(OrderId),
        totalSpent: z.array(Part),
        spent: z.array(Part.extend({ currency: z.string() })),
        lastOrderAt: OrderId.nullable(),
        canceled: z.array(OrderId).meta({ description: 'In no number' }),
        complete: z.boolean().meta({
          description: `false: there are more than the ${EXPLAINED} newest that were looked at`,
        }),
      })
      .optional()
      .meta({ description: 'The orders behind each number, newest first' }),
  })
  .meta({ id: 'Stats' })
export type Stats = z.output<typeof Stats>

/** A customer's counters, and on request the orders behind each. Refuses `customer_not_found`. */
export async function findStats(
  ctx: Context,
  customerId: string,
  { explain }: { readonly explain: boolean },
): Promise<Stats> {
  mayActFor(ctx, customerId)
  const { found } = await read(ctx, {
    found: document<Omit<Stats, 'explain'> & { explain: Stats['explain'] | null }>(
      sql`customer_stats(${ctx.tenant}, ${customerId}, ${ctx.settings.currency}, ${explain ? EXPLAINED + 1 : null}::int)`,
    ),
  })
  if (found === null) throw new Refusal('customer_not_found')
  const { explain: explained, ...stats } = found
  return explained ? { ...stats, explain: explained } : stats
}
