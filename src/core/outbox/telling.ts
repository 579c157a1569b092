import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import type { JobMessage } from '#db/statement'
import { newId } from '#kernel/id'
import { actorDocument } from './emit.ts'

/** What a call of SQL needs that tells of its own change: its last arguments (event, job, actor, request, moment), and that job. */
export function telling(ctx: Context): { readonly by: SQL; readonly job: JobMessage } {
  const job = newId('job', ctx.now)
  return {
    by: sql`${newId('event', ctx.now)}, ${job}, ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz`,
    job: { tenant: ctx.tenant, id: job, kind: 'announce' },
  }
}
