import type { Context } from '#core/context'
import { acting } from '#core/outbox'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import type { MergePlan } from './plan.ts'
import type { Side } from './side.ts'

/** `moved`: one of the two is not what it was planned on. `refused`: it must not be, or not any more. */
export type MergeOutcome = 'done' | 'moved' | 'refused'

/** A plan with the merge that it belongs to. */
export type NamedPlan = MergePlan & {
  readonly merge: string
  /** When the survivor was claimed. It was planned on that, which is in no version. */
  readonly claimedAt: Side['claimedAt']
}

/** Applies plans, each for itself, in one statement; the outcomes are in the order of the plans. */
export const applyMerges = (ctx: Context, plans: readonly NamedPlan[]) =>
  query.applyMerges({
    ...acting(ctx),
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
