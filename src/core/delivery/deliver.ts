import type { Context } from '#core/context'
import { isUnreachable } from '#core/context'
import { inParallel } from '#kernel/in-parallel'
import { type Lease, type Leased, leaseDeliveries } from './lease.ts'
import { nextAttempt } from './schedule.ts'
import { type Attempt, sendMessage } from './send.ts'
import { type Result, storeResults } from './store-results.ts'

/** After this, what has not been sent yet is left to the next worker; the lease outlasts it by the longest timeout. */
const SEND_FOR_MS = 20_000

/**
 * Sends what is due to one endpoint, several deliveries at once, and stores what came of all of them in one commit. One worker
 * at a time serves an endpoint; another finds it taken and has nothing to do. When this one dies, its lease runs out and
 * everything that it had not stored is due again.
 */
export async function deliverDue(ctx: Context, webhookId: string): Promise<void> {
  const started = Date.now()
  const clock = () => new Date(ctx.now.getTime() + Date.now() - started)
  const lease = await leaseDeliveries(ctx, webhookId)
  if (lease === null) return
  const results = await sendAll(ctx, lease, clock)
  const store = () => storeResults({ ...ctx, now: clock() }, lease, results)
  try {
    await store()
  } catch (error) {
    // They may have been stored; doing it again changes nothing then.
    if (!isUnreachable(error)) throw error
    await store()
  }
}

async function sendAll(ctx: Context, lease: Lease, clock: () => Date): Promise<Result[]> {
  const results: Result[] = []
  const end = ctx.now.getTime() + SEND_FOR_MS
  let stopped = false
  await inParallel(lease.deliveries, ctx.settings.webhook_concurrency, async (delivery) => {
    if (stopped || clock().getTime() > end) return void results.push({ delivery, attempt: null })
    const { eventId: id, body } = delivery
    const attempt = await sendMessage({ ...ctx, now: clock() }, lease.endpoint, { id, body })
    stopped ||= attempt.gone || attempt.pause !== null
    results.push({ delivery, attempt, next: nextOf(delivery, attempt, clock()) })
  })
  return results
}

const nextOf = ({ id, step }: Leased, attempt: Attempt, now: Date): Date | null =>
  attempt.delivered || attempt.gone ? null : nextAttempt(id, step, now, attempt.pause)
