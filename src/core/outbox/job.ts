import { type SQL, sql } from 'drizzle-orm'
import { type Context, guard, type JobMessage, read } from '#core/context'
import { type Guard, type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

export type NewJob = {
  /** A kind of `queue/perform.ts`. */
  readonly kind: string
  /** What the one who does it needs to know: a JSON object. */
  readonly payload: SQL
  /** Not before; without it, it is sent as soon as it is committed. */
  readonly dueAt?: Date
  /** Only when this holds, in the commit's own eyes. */
  readonly when?: SQL
}

const RELAYED_AFTER_MS = 60_000

/** Leaves work for later in the commit that causes it. True when there was something to leave. */
export function enqueue(ctx: Context, job: NewJob): Statement<boolean, 'write'> {
  const { kind, payload, dueAt, when = sql`true` } = job
  const id = newId('job', ctx.now)
  const due = dueAt ?? new Date(ctx.now.getTime() + RELAYED_AFTER_MS)
  const message: JobMessage = { tenant: ctx.tenant, id, kind }
  return new Statement(
    sql`insert into job (tenant, id, kind, payload, due_at, created_at)
      select ${ctx.tenant}, ${id}, ${kind}, ${payload}, ${due.toISOString()}::timestamptz, ${ctx.now.toISOString()}::timestamptz
      where ${when} returning id`,
    (rows: readonly Row[]) => rows.length > 0,
    (rows) => (rows.length > 0 && dueAt === undefined ? [message] : []),
  )
}

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
