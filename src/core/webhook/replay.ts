import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Context, commitUntold, guard, keep, mayUse, refuseWhen } from '#core/context'
import { enqueue } from '#core/outbox'
import { idPattern } from '#kernel/id'

const Bound = z.union([z.string().regex(idPattern('event')), z.iso.datetime({ offset: true })])

export const ReplayRange = z
  .strictObject({
    after: Bound.meta({ description: 'An event id or a moment; itself outside' }),
    before: Bound.optional().meta({ description: 'The same; now, when left out' }),
  })
  .meta({ id: 'ReplayRange', examples: [{ after: '2024-06-01T08:00:00Z' }] })
export type ReplayRange = z.output<typeof ReplayRange>

export const ReplayAccepted = z
  .strictObject({ status: z.literal('accepted') })
  .meta({ id: 'ReplayAccepted' })
export type ReplayAccepted = z.output<typeof ReplayAccepted>

/**
 * Sends a range of past events once more to one webhook, as far as it asked for such, each under the same `webhook-id`. It is
 * done by and by. Refuses `webhook_not_found`, `webhook_disabled`, `event_not_found` for a bound that is not kept.
 */
export async function replayToWebhook(
  ctx: Context,
  id: string,
  { after, before = ctx.now.toISOString() }: ReplayRange,
): Promise<ReplayAccepted> {
  mayUse(ctx, 'webhook:write')
  const named = [after, before].filter(isEvent)
  const { answer } = await commitUntold(ctx, {
    endpoint: guard(sql`expect_endpoint(${ctx.tenant}, ${id})`),
    bounds: refuseWhen(
      sql`(select count(*) from event where tenant = ${ctx.tenant} and id = any(${sql.param(named)}::text[])) < ${new Set(named).size}::int`,
      'event_not_found',
    ),
    job: enqueue(ctx, {
      kind: 'replay',
      payload: sql`jsonb_build_object('webhook', ${id}::text,
        'afterAt', ${momentOf(ctx, after)}, 'afterId', ${isEvent(after) ? after : AFTER_ALL}::text,
        'beforeAt', ${momentOf(ctx, before)}, 'beforeId', ${isEvent(before) ? before : ''}::text)`,
    }),
    answer: keep<ReplayAccepted>(sql`select json_build_object('status', 'accepted')`),
  })
  return answer
}

/** Greater than any id: the events of that very moment are outside. */
const AFTER_ALL = '~'

const isEvent = (bound: string): boolean => idPattern('event').test(bound)

const momentOf = (ctx: Context, bound: string): SQL =>
  isEvent(bound)
    ? sql`(select at from event where tenant = ${ctx.tenant} and id = ${bound})`
    : sql`${new Date(bound).toISOString()}::timestamptz`
