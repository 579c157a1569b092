import * as z from 'zod'
import { type Context, mustMatchShopper, read } from '#core/context'
import { Refusal } from '#kernel/error'
import { explainCounters } from './explain-counters.ts'
import * as query from './generated/query.ts'
import { OrderId } from './input.ts'

/** The number of newest orders that an explanation reads. */
const EXPLAINED = 1000

const Part = z.strictObject({ orderId: OrderId, amount: z.int() })

export const Stats = z
  .strictObject({
    customerId: z.string(),
    orderCount: z.int().meta({ description: 'Orders that are not canceled, in every currency' }),
    totalSpent: z.int().meta({ description: 'Minor units of `currency`, less refunds' }),
    currency: z.string(),
    spent: z.array(z.strictObject({ currency: z.string(), amount: z.int(), orders: z.int() })),
    lastOrderAt: z.iso.datetime().nullable(),
    explain: z
      .strictObject({
        orderCount: z.array(OrderId),
        totalSpent: z.array(Part),
        spent: z.array(Part.extend({ currency: z.string() })),
        lastOrderAt: OrderId.nullable(),
        canceled: z.array(OrderId).meta({ description: 'The orders that do not count' }),
        complete: z.boolean().meta({
          description: `false: there are more than the ${EXPLAINED} newest that were read`,
        }),
      })
      .optional()
      .meta({ description: 'The orders behind each number, newest first' }),
  })
  .meta({ id: 'Stats' })
export type Stats = z.output<typeof Stats>

/** A customer's counters, and on request the orders behind each. Refuses `customer_not_found`. */
export function findCustomerStats(
  ctx: Context,
  customerId: string,
  { explain }: { readonly explain: boolean },
): Promise<Stats> {
  mustMatchShopper(ctx, customerId)
  return explain ? explainStats(ctx, customerId) : countersOf(ctx, customerId)
}

async function countersOf(ctx: Context, customerId: string): Promise<Stats> {
  const { found } = await read(ctx, {
    found: query.findCustomerStats({ tenant: ctx.tenant, customerId }),
  })
  return toStats(ctx, found[0])
}

async function explainStats(ctx: Context, customerId: string): Promise<Stats> {
  const { found } = await read(ctx, {
    found: query.findCustomerStatsWithOrders({
      tenant: ctx.tenant,
      customerId,
      limit: EXPLAINED + 1,
    }),
  })
  const [row] = found
  if (row === undefined) throw new Refusal('customer_not_found')
  const { orders, ...counters } = row
  return {
    ...toStats(ctx, counters),
    explain: {
      ...explainCounters(orders, ctx.settings.currency),
      complete: orders.length <= EXPLAINED,
    },
  }
}

type Counters = Omit<Stats, 'customerId' | 'currency' | 'explain'> & { readonly id: string }

function toStats({ settings: { currency } }: Context, found: Counters | undefined): Stats {
  if (found === undefined) throw new Refusal('customer_not_found')
  const { id: customerId, orderCount, totalSpent, spent, lastOrderAt } = found
  return { customerId, orderCount, totalSpent, currency, spent, lastOrderAt }
}
