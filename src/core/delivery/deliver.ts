import type { Context } from '#core/context'
import { isDatabaseUnavailable } from '#core/context'
import { inParallel } from '#kernel/in-parallel'
import { type Lease, type Leased, leaseDeliveries } from './lease.ts'
import { nextAttemptTime } from './schedule.ts'
import { type Attempt, sendMessage } from './send.ts'
import { type LeaseResult, storeResults } from './store-results.ts'

/** A worker sends for this long, and leaves the rest to the next worker. The lease lasts longer, by at least the longest timeout. */
const SEND_FOR_MS = 20_000

/**
 * Sends the due deliveries of one endpoint, several at once, and stores all results in one commit. One worker at a time serves an
 * endpoint; another finds it leased and does nothing. If this worker dies, its lease expires, and the deliveries without a stored
 * result are due again.
 */
export async function sendDueDeliveries(ctx: Context, webhookId: string): Promise<void> {
  const started = Date.now()
  const clock = () => new Date(ctx.now.getTime() + Date.now() - started)
  const lease = await leaseDeliveries(ctx, webhookId)
  if (lease === null) return
  const results = await sendAll(ctx, lease, clock)
  const store = () => storeResults({ ...ctx, now: clock() }, lease, results)
  try {
    await store()
  } catch (error) {
    // The results may have been stored. Storing them again changes nothing.
    if (!isDatabaseUnavailable(error)) throw error
    await store()
  }
}

async function sendAll(ctx: Context, lease: Lease, clock: () => Date): Promise<LeaseResult[]> {
  const results: LeaseResult[] = []
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
  attempt.delivered || attempt.gone ? null : nextAttemptTime(id, step, now, attempt.pause)
