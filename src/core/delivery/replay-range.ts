import { sql } from 'drizzle-orm'
import { type Context, commitQuietly } from '#core/context'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'
import { wakeIn } from './wake.ts'

const AT_ONCE = 1000

/** One step of a replay that was asked for: sets some of its events out again, and leaves a job for the rest. */
export async function replayRange(ctx: Context, job: string): Promise<void> {
  const rest = newId('job', ctx.now)
  type Replayed = { readonly webhook: string; readonly more: boolean }
  await commitQuietly(ctx, {
    replayed: new Statement(
      sql`select replay_events(${ctx.tenant}, ${job}, ${rest}, ${newId('delivery', ctx.now)}, ${AT_ONCE}::int,
        ${ctx.now.toISOString()}::timestamptz) as replayed`,
      () => undefined,
      (rows: readonly Row[]) => {
        const next = { tenant: ctx.tenant, id: rest, kind: 'replay' }
        return (rows as readonly { readonly replayed: Replayed }[]).flatMap(
          ({ replayed: { webhook, more } }) => [
            ...wakeIn(ctx, webhook, 0),
            ...(more ? [next] : []),
          ],
        )
      },
    ),
  })
}
