import { sql } from 'drizzle-orm'
import { type Context, guard, read } from '#core/context'
import type { Guard } from '#db/statement'
import * as query from './generated/query.ts'

/** Head of the commit that does one job: its row goes with the effect, so the effect happens once. Ends with `isDone` when it is gone. */
export const takeJob = (ctx: Context, id: string): Guard =>
  guard(sql`take_job(${ctx.tenant}, ${id})`)

/** What the job is about; null when it is done. */
export async function findJob(
  ctx: Context,
  id: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { job } = await read(ctx, { job: query.findJob({ tenant: ctx.tenant, id }) })
  return job[0]?.payload ?? null
}
