import { sql } from 'drizzle-orm'
import { type Context, commitUntold, guard, keep, mayUse } from '#core/context'
import { type Row, Statement } from '#db/statement'
import type { DeadLetter } from './view.ts'

/**
 * Puts a dead letter's job back as it was and sends it once more; if it fails again, there will be a new letter. One that was
 * replayed stays so. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
 */
export async function replayDeadLetter(ctx: Context, id: string): Promise<DeadLetter> {
  mayUse(ctx, 'webhook:write')
  const { answer } = await commitUntold(ctx, {
    letter: guard(sql`lock_dead_letter(${ctx.tenant}, ${id})`),
    job: putBack(ctx, id),
    answer: keep<DeadLetter>(
      sql`select dead_letter_document(d) from dead_letter d where tenant = ${ctx.tenant} and id = ${id}`,
    ),
  })
  return answer
}

/** What had no row gets none: its message says it all. */
function putBack(ctx: Context, id: string): Statement<unknown, 'write'> {
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  return new Statement(
    sql`with letter as (
        update dead_letter set replayed_at = ${now}
        where tenant = ${ctx.tenant} and id = ${id} and replayed_at is null
        returning tenant, subject, kind, payload),
      job as (
        insert into job (tenant, id, kind, payload, due_at, created_at)
        select tenant, subject, kind, payload, ${now} + interval '1 minute', ${now} from letter where payload is not null
        on conflict (tenant, id) do nothing)
      select subject, kind from letter`,
    () => undefined,
    (rows: readonly Row[]) =>
      rows.map(({ subject, kind }) => ({
        tenant: ctx.tenant,
        id: String(subject),
        kind: String(kind),
      })),
  )
}
