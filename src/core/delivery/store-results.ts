import { type Context, commitQuietly } from '#core/context'
import { appending } from '#core/outbox'
import * as query from './generated/query.ts'
import type { Lease, Leased } from './lease.ts'
import type { Result as Row } from './query/store-results.ts'
import type { Attempt } from './send.ts'
import { wakeEndpoints } from './wake.ts'

/** What came of a leased delivery: an attempt and when the next is due, or none. */
export type Result =
  | { readonly delivery: Leased; readonly attempt: null }
  | { readonly delivery: Leased; readonly attempt: Attempt; readonly next: Date | null }

/** An endpoint that nothing has reached for so long is disabled. */
const FAILING_FOR_MS = 5 * 86_400_000

/** Stores what came of a lease and ends it, disabling the endpoint where it has failed too long. */
export async function storeResults(
  ctx: Context,
  { webhookId, until }: Lease,
  results: readonly Result[],
): Promise<void> {
  const attempts = results.flatMap(({ attempt }) => attempt ?? [])
  const pauses = attempts.flatMap(({ pause }) => pause?.getTime() ?? [])
  const last = attempts.at(-1)
  const { stored } = await commitQuietly(ctx, {
    stored: query.storeResults({
      ...appending(ctx),
      webhookId,
      until: until.toISOString(),
      results: results.map(toRow),
      arrived: attempts.some(({ delivered }) => delivered),
      missed: attempts.some(({ delivered }) => !delivered),
      lastStatus: last?.status ?? null,
      lastError: last?.error ?? null,
      pausedUntil: pauses.length === 0 ? null : new Date(Math.max(...pauses)).toISOString(),
      gone: attempts.some(({ gone }) => gone),
      failingBefore: new Date(ctx.now.getTime() - FAILING_FOR_MS).toISOString(),
    }),
  })
  for (const { wake } of stored) wakeEndpoints(ctx, [webhookId], wake)
}

const unsent = {
  status: 'pending',
  isSent: false,
  next: null,
  responseStatus: null,
  responseBody: null,
  responseMs: null,
  error: null,
} as const

function toRow({ delivery: { id, attempts }, ...result }: Result): Row {
  if (result.attempt === null) return { id, attempts, ...unsent }
  const { delivered, status, body, durationMs, error } = result.attempt
  const failed = result.next === null ? 'failed' : 'pending'
  return {
    id,
    attempts,
    status: delivered ? 'delivered' : failed,
    isSent: true,
    next: result.next?.toISOString() ?? null,
    responseStatus: status,
    responseBody: body,
    responseMs: durationMs,
    error,
  }
}
