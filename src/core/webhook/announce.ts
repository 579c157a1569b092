import { type Context, commitQuietly, rows } from '#core/context'
import { takenJobs } from '#core/outbox'

/** Carries the events of these jobs to whoever subscribed. */
export async function announceEvents(ctx: Context, jobs: readonly string[]): Promise<void> {
  await commitQuietly(ctx, { taken: rows(takenJobs(ctx, jobs)) })
}
