import { sql } from 'drizzle-orm'
import { type Context, commitQuietly } from '#core/context'
import { takenJobs } from '#core/outbox'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'
import { wakeIn } from './wake.ts'

/** Puts the events of these jobs on their way to every endpoint that asked for them: one statement, whatever their number. */
export async function announceEvents(ctx: Context, jobs: readonly string[]): Promise<void> {
  await commitQuietly(ctx, {
    added: new Statement(
      sql`with taken as (${takenJobs(ctx, jobs)})
        select endpoint from add_deliveries(${ctx.tenant}, array(select payload ->> 'event' from taken), null,
          ${newId('delivery', ctx.now)}, false, ${ctx.now.toISOString()}::timestamptz)`,
      () => undefined,
      (rows: readonly Row[]) => rows.flatMap(({ endpoint }) => wakeIn(ctx, String(endpoint), 0)),
    ),
  })
}
