import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitUntold, guard, keep, mayUse, refuseWhen } from '#core/context'
import { type Row, Statement } from '#db/statement'
import { idPattern, newId } from '#kernel/id'
import { wakeIn } from './wake.ts'

export const ReplayEvent = z
  .strictObject({
    webhook: z.string().regex(idPattern('webhook')).optional().meta({
      description: 'Only to this one; without it, to every webhook that asked for such events',
    }),
  })
  .meta({ id: 'ReplayEvent', examples: [{ webhook: 'whk_01jz5qk8f3e8ar1vp0h2n4x6ab' }] })
export type ReplayEvent = z.output<typeof ReplayEvent>

export const Replayed = z
  .strictObject({ deliveries: z.int().meta({ description: 'How many set out (again)' }) })
  .meta({ id: 'Replayed' })
export type Replayed = z.output<typeof Replayed>

/**
 * Sends an event once more to the webhooks that asked for such events, under the same `webhook-id`; what is still on its way
 * stays so. Refuses `event_not_found`, `webhook_not_found`, `webhook_disabled`.
 */
export async function replayEvent(
  ctx: Context,
  id: string,
  { webhook = null }: { readonly webhook?: string | null | undefined },
): Promise<Replayed> {
  mayUse(ctx, 'webhook:write')
  const { answer } = await commitUntold(ctx, {
    event: refuseWhen(
      sql`not exists (select from event where tenant = ${ctx.tenant} and id = ${id})`,
      'event_not_found',
    ),
    endpoint: guard(
      sql`case when ${webhook}::text is not null then expect_endpoint(${ctx.tenant}, ${webhook}) end`,
    ),
    added: new Statement<void, 'write'>(
      sql`select endpoint from add_deliveries(${ctx.tenant}, array[${id}::text], ${webhook}::text,
        ${newId('delivery', ctx.now)}, true, ${ctx.now.toISOString()}::timestamptz)`,
      () => undefined,
      (rows: readonly Row[]) => rows.flatMap(({ endpoint }) => wakeIn(ctx, String(endpoint), 0)),
    ),
    answer: keep<Replayed>(
      sql`select json_build_object('deliveries', count(*)) from delivery
        where tenant = ${ctx.tenant} and event_id = ${id} and next_attempt_at = ${ctx.now.toISOString()}::timestamptz
          and (${webhook}::text is null or webhook_id = ${webhook})`,
    ),
  })
  return answer
}
