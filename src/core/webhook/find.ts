import { type Context, mustHaveScope, read, type Versioned } from '#core/context'
import * as query from './generated/query.ts'
import { toWebhook, type Webhook } from './view.ts'

/** Refuses `webhook_not_found`. */
export async function findWebhook(ctx: Context, id: string): Promise<Versioned<Webhook>> {
  mustHaveScope(ctx, 'event:read')
  const { rows } = await read(ctx, { rows: query.findWebhook({ tenant: ctx.tenant, id }) })
  return toWebhook(rows[0])
}
