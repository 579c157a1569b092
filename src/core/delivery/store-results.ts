import { type Context, commitWithoutKey } from '#core/context'
import { newEventValues } from '#core/outbox'
import * as query from './generated/query.ts'
import type { Lease, Leased } from './lease.ts'
import type { ResultRow as Row } from './query/store-results.ts'
import type { Attempt } from './send.ts'
import { wakeEndpoints } from './wake.ts'

/** The result of a leased delivery: the attempt and the time of the next one. Without an attempt, its turn did not come. */
export type LeaseResult =
  | { readonly delivery: Leased; readonly attempt: null }
  | { readonly delivery: Leased; readonly attempt: Attempt; readonly next: Date | null }

/** An endpoint is disabled when all deliveries to it have failed for this time. */
const FAILING_FOR_MS = 5 * 86_400_000

/** Stores the results of a lease and ends it. An endpoint that has failed too long is disabled. */
export async function storeResults(
  ctx: Context,
  { webhookId, until }: Lease,
  results: readonly LeaseResult[],
): Promise<void> {
  const attempts = results.flatMap(({ attempt }) => attempt ?? [])
  const pauses = attempts.flatMap(({ pause }) => pause?.getTime() ?? [])
  const last = attempts.at(-1)
  const { stored } = await commitWithoutKey(ctx, {
    stored: query.storeResults({
      ...newEventValues(ctx),
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

function toRow({ delivery: { id, attempts }, ...result }: LeaseResult): Row {
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
