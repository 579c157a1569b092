import { type Context, commitUntold, mayUse } from '#core/context'
import { Bug } from '#kernel/error'
import * as query from './generated/query.ts'
import type { Delivery } from './view.ts'
import { wakeEndpoints } from './wake.ts'

/** Sets a delivery out once more, on a schedule begun anew. Refuses `delivery_not_found`, `webhook_disabled`. */
export async function retryDelivery(ctx: Context, id: string): Promise<Delivery> {
  mayUse(ctx, 'webhook:write')
  const call = query.retryDelivery({ tenant: ctx.tenant, id, now: ctx.now.toISOString() })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  const [row] = answer
  if (row === undefined) throw new Bug('a delivery that was retried is gone')
  wakeEndpoints(ctx, [row.delivery.webhookId])
  return row.delivery
}
