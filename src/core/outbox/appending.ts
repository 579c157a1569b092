import type { Context } from '#core/context'
import { newId } from '#kernel/id'

/** Who asks, and when: what every use case that appends an event needs, with fresh ids for the event and its job. */
export const appending = (ctx: Context) => ({
  tenant: ctx.tenant,
  now: ctx.now.toISOString(),
  actor: { type: ctx.actor.type, id: ctx.actor.id },
  request: ctx.requestId,
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
})
