import { type Context, commitQuietly } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

type Standing = {
  readonly key: string
  readonly ruleNumber: number
  readonly ruleStopped: boolean
  readonly ruleUntrusted: readonly string[]
}

/** For the system: notes what the present settings make of a rule. One that stops, and one that goes on, is carried out anew. */
export async function noteRuleStanding(
  ctx: Context,
  { key, ...standing }: Standing,
): Promise<void> {
  const { tenant, now } = ctx
  await commitQuietly(ctx, {
    noted: query.noteRuleStanding({
      tenant,
      now: now.toISOString(),
      group: key,
      taskJob: newId('job', now),
      task: newId('task', now),
      ...standing,
      ruleUntrusted: [...standing.ruleUntrusted],
    }),
  })
}
