import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'

/**
 * In the commit that makes a guest or proves an account: when the guest of this e-mail is due to become part of its account, a job
 * will do it at once. When it is not, or the store wants no such thing, nothing happens. True when there is something to do.
 */
export function enqueueMerge(ctx: Context, emailKey: string | SQL): Statement<boolean, 'write'> {
  const job = newId('job', ctx.now)
  return new Statement<boolean, 'write'>(
    sql`select enqueue_merge(${ctx.tenant}, ${emailKey}, ${newId('merge', ctx.now)}, ${job}, ${ctx.now.toISOString()}::timestamptz) as job
      where ${ctx.settings.auto_merge_guest}::boolean`,
    isDue,
    (rows) => (isDue(rows) ? [{ tenant: ctx.tenant, id: job, kind: 'merge' }] : []),
  )
}

const isDue = (rows: readonly Row[]): boolean => rows[0]?.job != null
