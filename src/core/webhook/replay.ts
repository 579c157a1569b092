import * as z from 'zod'
import { type Context, commitWithoutEvent, mustHaveScope } from '#core/context'
import { idPattern, newId } from '#kernel/id'
import { Moment } from '#kernel/moment'
import * as query from './generated/query.ts'

const Bound = z.union([
  z.string().regex(idPattern('event'), {
    error: 'Must be the id of an event, or a date and time with a zone (RFC 3339).',
  }),
  Moment,
])

export const ReplayRange = z
  .strictObject({
    after: Bound.meta({ description: 'An event id or a moment. The event itself is not included' }),
    before: Bound.optional().meta({ description: 'An event id or a moment. Default: now' }),
  })
  .meta({ id: 'ReplayRange', examples: [{ after: '2024-06-01T08:00:00Z' }] })
export type ReplayRange = z.output<typeof ReplayRange>

export const ReplayAccepted = z
  .strictObject({ status: z.literal('accepted') })
  .meta({ id: 'ReplayAccepted' })
export type ReplayAccepted = z.output<typeof ReplayAccepted>

/**
 * Sends past events again to a webhook: those of a range and of its event types, each with its first `webhook-id`. Jobs do this in steps.
 * Refuses `webhook_not_found`, `webhook_disabled`, `event_not_found` for a bound that is not stored.
 */
export async function replayToWebhook(
  ctx: Context,
  id: string,
  { after, before = ctx.now.toISOString() }: ReplayRange,
): Promise<ReplayAccepted> {
  mustHaveScope(ctx, 'webhook:write')
  const call = query.replayToWebhook({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    id,
    after: momentOf(after),
    afterEvent: eventOf(after),
    before: momentOf(before),
    beforeEvent: eventOf(before),
    job: newId('job', ctx.now),
  })
  await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return { status: 'accepted' }
}

/** A bound is an event or a moment. */
const eventOf = (bound: string): string | null => (idPattern('event').test(bound) ? bound : null)
const momentOf = (bound: string): string | null => (eventOf(bound) === null ? bound : null)
