import { type Context, commitWithoutKey, mustHaveScope } from '#core/context'
import { newId } from '#kernel/id'
import { EVENTS_AT_ONCE } from './erase.ts'
import * as query from './generated/query.ts'

/** For the system: does one job of the kind `erase`, which empties the next events of an erased customer with a long history. */
export async function eraseNextEvents(ctx: Context, job: string): Promise<void> {
  mustHaveScope(ctx, 'customer:erase')
  await commitWithoutKey(ctx, {
    erased: query.eraseNextEvents({
      tenant: ctx.tenant,
      id: job,
      now: ctx.now.toISOString(),
      limit: EVENTS_AT_ONCE,
      rest: newId('job', ctx.now),
    }),
  })
}
