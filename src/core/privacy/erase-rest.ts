import { type Context, commitQuietly, mayUse } from '#core/context'
import { newId } from '#kernel/id'
import { AT_ONCE } from './erase.ts'
import * as query from './generated/query.ts'

/** For the system: does one job of the kind `erase`, which empties the next events of an erased customer with a long history. */
export async function eraseRest(ctx: Context, job: string): Promise<void> {
  mayUse(ctx, 'customer:erase')
  await commitQuietly(ctx, {
    erased: query.eraseRest({
      tenant: ctx.tenant,
      id: job,
      now: ctx.now.toISOString(),
      limit: AT_ONCE,
      rest: newId('job', ctx.now),
    }),
  })
}
