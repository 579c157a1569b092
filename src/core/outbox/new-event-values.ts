import type { Context } from '#core/context'
import { newId } from '#kernel/id'

type Acting = Pick<Context, 'tenant' | 'now' | 'actor' | 'requestId'>

/** The actor, the request and the time. */
export const actorRequestAndTimeValues = (ctx: Acting) => ({
  tenant: ctx.tenant,
  now: ctx.now.toISOString(),
  actor: { type: ctx.actor.type, id: ctx.actor.id },
  request: ctx.requestId,
})

/** The parameters of a use case that appends an event: actor, request, time, and fresh ids of the event and its job. */
export const newEventValues = (ctx: Acting) => ({
  ...actorRequestAndTimeValues(ctx),
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
})
