import { type Context, commitUntold, mayUse } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { DeadLetter } from './view.ts'

/**
 * Puts a dead letter's job back as it was and sends it once more; if it fails again, there will be a new letter. One that was
 * replayed stays so. Refuses `dead_letter_not_found`, `dead_letter_unreadable`.
 */
export async function replayDeadLetter(ctx: Context, id: string): Promise<DeadLetter> {
  mayUse(ctx, 'webhook:write')
  const { tenant, now, outcome } = ctx
  const call = query.replayDeadLetter({ tenant, id, now: now.toISOString() })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  const [row] = answer
  if (row === undefined) throw new Refusal('dead_letter_not_found')
  const { letter, subject, isDue } = row
  if (isDue && !outcome.replayed) outcome.jobs.push({ tenant, id: subject, kind: letter.kind })
  return letter
}
