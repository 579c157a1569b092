import { type Context, commitWithoutKey, read } from '#core/context'
import * as query from './generated/query.ts'

/** Deletes a job whose effect is done elsewhere. Refuses with `isDone` when it is gone. */
export async function completeJob(ctx: Context, id: string): Promise<void> {
  await commitWithoutKey(ctx, { job: query.completeJob({ tenant: ctx.tenant, id }) })
}

/** The payload of a job; null when it is done. */
export async function findJobPayload(
  ctx: Context,
  id: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { job } = await read(ctx, { job: query.findJobPayload({ tenant: ctx.tenant, id }) })
  return job[0]?.payload ?? null
}
