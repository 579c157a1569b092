import { sql } from 'drizzle-orm'
import { type Context, commitQuietly } from '#core/context'
import { actorDocument } from '#core/outbox'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'
import type { Claim, Claimed } from './claim.ts'
import type { Attempt } from './send.ts'
import { wakeIn } from './wake.ts'

/** What came of a claimed delivery: an attempt and when the next is due, or none. */
export type Result =
  | { readonly delivery: Claimed; readonly attempt: null }
  | { readonly delivery: Claimed; readonly attempt: Attempt; readonly next: Date | null }

/** Writes down what came of a claim and lets go of the endpoint, disabling it where it has failed too long. */
export async function recordResults(
  ctx: Context,
  { webhookId, until }: Claim,
  results: readonly Result[],
): Promise<void> {
  const attempts = results.flatMap(({ attempt }) => attempt ?? [])
  const pauses = attempts.flatMap(({ pause }) => pause?.getTime() ?? [])
  const pause = pauses.length === 0 ? null : new Date(Math.max(...pauses)).toISOString()
  const job = newId('job', ctx.now)
  type Recorded = { readonly told: boolean; readonly wake?: number | null }
  const recorded = ([row]: readonly Row[]) => row?.recorded as Recorded
  await commitQuietly(ctx, {
    recorded: new Statement(
      sql`select record_deliveries(${ctx.tenant}, ${webhookId}, ${until.toISOString()}::timestamptz,
        ${JSON.stringify(results.map(toRow))}::json, ${pause}::timestamptz, ${attempts.some(({ gone }) => gone)}::boolean,
        ${newId('event', ctx.now)}, ${job}, ${actorDocument(ctx)}::jsonb, ${ctx.now.toISOString()}::timestamptz) as recorded`,
      recorded,
      (rows) => [
        ...(recorded(rows).told ? [{ tenant: ctx.tenant, id: job, kind: 'announce' }] : []),
        ...wakeIn(ctx, webhookId, recorded(rows).wake),
      ],
    ),
  })
}

function toRow({ delivery: { id, attempts }, ...result }: Result) {
  if (result.attempt === null) return { id, attempts, outcome: 'unsent' }
  const { delivered, status, body, durationMs, error } = result.attempt
  const outcome = delivered ? 'delivered' : 'failed'
  return { id, attempts, outcome, next: result.next, status, body, ms: durationMs, error }
}
