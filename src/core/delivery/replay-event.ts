import * as z from 'zod'
import { type Context, commitWithoutEvent, mustHaveScope } from '#core/context'
import { idPattern, newId } from '#kernel/id'
import { webhookIdsOf } from './create.ts'
import * as query from './generated/query.ts'
import { wakeEndpoints } from './wake.ts'

export const ReplayEvent = z
  .strictObject({
    webhook: z
      .string()
      .regex(idPattern('webhook'), { error: "Must be a webhook's id." })
      .optional()
      .meta({
        description: 'Only to this webhook. Default: to every webhook with this event type',
      }),
  })
  .meta({ id: 'ReplayEvent', examples: [{ webhook: 'whk_01jz5qk8f3e8ar1vp0h2n4x6ab' }] })
export type ReplayEvent = z.output<typeof ReplayEvent>

export const Replayed = z
  .strictObject({
    deliveries: z.int().meta({ description: 'The number of deliveries that were started (again)' }),
  })
  .meta({ id: 'Replayed' })
export type Replayed = z.output<typeof Replayed>

/**
 * Sends an event once more to the webhooks that asked for such events, under the same `webhook-id`. Pending deliveries stay as they
 * are. Refuses `event_not_found`, `webhook_not_found`, `webhook_disabled`.
 */
export async function replayEvent(
  ctx: Context,
  id: string,
  { webhook = null }: { readonly webhook?: string | null | undefined },
): Promise<Replayed> {
  mustHaveScope(ctx, 'webhook:write')
  const call = query.replayEvent({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    delivery: newId('delivery', ctx.now),
    eventId: id,
    webhookId: webhook ?? '',
    toAll: webhook === null,
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  wakeEndpoints(ctx, webhookIdsOf(answer))
  return { deliveries: answer.length }
}
