import type { Context } from '#core/context'
import { newId } from '#kernel/id'

/** Who asks, and when. */
export const acting = (ctx: Context) => ({
  tenant: ctx.tenant,
  now: ctx.now.toISOString(),
  actor: { type: ctx.actor.type, id: ctx.actor.id },
  request: ctx.requestId,
})

/** What every use case that appends an event needs: who asks, and when, with fresh ids for the event and its job. */
export const appending = (ctx: Context) => ({
  ...acting(ctx),
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
})
