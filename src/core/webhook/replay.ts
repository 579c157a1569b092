import * as z from 'zod'
import { type Context, commitWithoutEvent, mustHaveScope } from '#core/context'
import { Refusal } from '#kernel/error'
import { idFloor, idPattern, newId } from '#kernel/id'
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
 * Refuses `webhook_not_found`, `webhook_disabled`, `event_not_found` for a bound that is not stored, and `invalid_input` for a range whose
 * end comes before its beginning.
 */
export async function replayToWebhook(
  ctx: Context,
  id: string,
  given: ReplayRange,
): Promise<ReplayAccepted> {
  const { after, before = ctx.now.toISOString() } = given
  mustHaveScope(ctx, 'webhook:write')
  if (placeOf(after) > placeOf(before)) throw backwards(given.before === undefined)
  const call = query.enqueueReplayOfRange({
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

/** Comparable with another bound: an id of an event begins with its moment. */
const placeOf = (bound: string): string => eventOf(bound) ?? idFloor('event', new Date(bound))

const backwards = (isUntilNow: boolean) =>
  new Refusal('invalid_input', {
    errors: [
      {
        path: isUntilNow ? 'after' : 'before',
        code: 'backwards_range',
        message: isUntilNow ? 'Must not lie in the future.' : 'Must not be before `after`.',
      },
    ],
  })

/** A bound is an event or a moment. */
const eventOf = (bound: string): string | null => (idPattern('event').test(bound) ? bound : null)
const momentOf = (bound: string): string | null => (eventOf(bound) === null ? bound : null)
