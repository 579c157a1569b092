import { type Context, commitWithoutEvent, mustHaveScope } from '#core/context'
import { Bug } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Delivery } from './view.ts'
import { wakeEndpoints } from './wake.ts'

/** Starts a delivery again, with a new schedule. Refuses `delivery_not_found`, `webhook_disabled`. */
export async function retryDelivery(ctx: Context, id: string): Promise<Delivery> {
  mustHaveScope(ctx, 'webhook:write')
  const call = query.retryDelivery({ tenant: ctx.tenant, id, now: ctx.now.toISOString() })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(id) })
  const [row] = answer
  if (row === undefined) throw new Bug('a delivery that was retried is gone')
  wakeEndpoints(ctx, [row.delivery.webhookId])
  return row.delivery
}
