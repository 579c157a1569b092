import { type Context, commitQuietly, read } from '#core/context'
import * as query from './generated/query.ts'

/** Takes a job away whose effect is done elsewhere. Ends with `isDone` when it is gone. */
export async function completeJob(ctx: Context, id: string): Promise<void> {
  await commitQuietly(ctx, { job: query.completeJob({ tenant: ctx.tenant, id }) })
}

/** What the job is about; null when it is done. */
export async function findJob(
  ctx: Context,
  id: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { job } = await read(ctx, { job: query.findJob({ tenant: ctx.tenant, id }) })
  return job[0]?.payload ?? null
}
