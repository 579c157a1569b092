import { type Context, commitWithoutKey } from '#core/context'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'

type Standing = {
  readonly key: string
  readonly ruleNumber: number
  readonly ruleStopped: boolean
  readonly ruleUntrusted: readonly string[]
}

/** For the system: notes whether a rule is valid under the present settings. A rule that stops or becomes valid again is carried out again. */
export async function noteRuleStanding(
  ctx: Context,
  { key, ...standing }: Standing,
): Promise<void> {
  const { tenant, now } = ctx
  await commitWithoutKey(ctx, {
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
