import type { Context } from '#core/context'
import { isUnreachable } from '#core/context'
import { inParallel } from '#kernel/in-parallel'
import { type Claim, type Claimed, claimDeliveries } from './claim.ts'
import { type Result, recordResults } from './record.ts'
import { nextAttempt } from './schedule.ts'
import { type Attempt, sendMessage } from './send.ts'

/** After this, what has not been sent yet is left to the next worker; the lease outlasts it by the longest timeout. */
const SEND_FOR_MS = 20_000

/**
 * Sends what is due to one endpoint, several deliveries at once, and records what came of all of them in one commit. One worker
 * at a time serves an endpoint; another finds it taken and has nothing to do. When this one dies, its lease runs out and
 * everything that it had not recorded is due again.
 */
export async function deliverDue(ctx: Context, webhookId: string): Promise<void> {
  const started = Date.now()
  const clock = () => new Date(ctx.now.getTime() + Date.now() - started)
  const claim = await claimDeliveries(ctx, webhookId)
  if (claim === null) return
  const results = await sendAll(ctx, claim, clock)
  const record = () => recordResults({ ...ctx, now: clock() }, claim, results)
  try {
    await record()
  } catch (error) {
    // It may have been recorded; doing it again changes nothing then.
    if (!isUnreachable(error)) throw error
    await record()
  }
}

async function sendAll(ctx: Context, claim: Claim, clock: () => Date): Promise<Result[]> {
  const results: Result[] = []
  const end = ctx.now.getTime() + SEND_FOR_MS
  let stopped = false
  await inParallel(claim.deliveries, ctx.settings.webhook_concurrency, async (delivery) => {
    if (stopped || clock().getTime() > end) return void results.push({ delivery, attempt: null })
    const { eventId: id, body } = delivery
    const attempt = await sendMessage({ ...ctx, now: clock() }, claim.endpoint, { id, body })
    stopped ||= attempt.gone || attempt.pause !== null
    results.push({ delivery, attempt, next: nextOf(delivery, attempt, clock()) })
  })
  return results
}

const nextOf = ({ id, step }: Claimed, attempt: Attempt, now: Date): Date | null =>
  attempt.delivered || attempt.gone ? null : nextAttempt(id, step, now, attempt.pause)
