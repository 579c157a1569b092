import type { Context } from '#core/context'
import { actorRequestAndTimeValues } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { MergePlan } from './plan.ts'
import type { MergeSide } from './side.ts'

/** `moved`: one of the two customers has changed since the plan. `refused`: the merge is not allowed, or not any more. */
export type MergeOutcome = 'done' | 'moved' | 'refused'

/** A plan with the id of its merge. */
export type MergePlanWithId = MergePlan & {
  readonly merge: string
  /** When the survivor was claimed. The plan depends on it, and the version does not rise with it. */
  readonly claimedAt: MergeSide['claimedAt']
}

/** Applies plans independently of each other, in one statement. The outcomes are in the order of the plans. */
export const applyMerges = (ctx: Context, plans: readonly MergePlanWithId[]) =>
  query.applyMerges({
    ...actorRequestAndTimeValues(ctx),
    plans: plans.map((plan) => ({ ...plan, ...freshIds(ctx) })),
    currency: ctx.settings.currency,
  })

const freshIds = (ctx: Context) => ({
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
  mergedEvent: newId('event', ctx.now),
  mergedJob: newId('job', ctx.now),
  groupEvent: newId('event', ctx.now),
  groupJob: newId('job', ctx.now),
})
