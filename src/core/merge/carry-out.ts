import { sql } from 'drizzle-orm'
import type { Context } from '#core/context'
import { actorDocument } from '#core/outbox'
import { type Row, Statement } from '#db/statement'
import { newId } from '#kernel/id'
import type { MergePlan } from './plan.ts'

/** `moved`: one of the two is not what it was planned on. `refused`: it must not be, or not any more. */
export type MergeOutcome = 'done' | 'moved' | 'refused'

export type NamedPlan = MergePlan & { readonly merge: string }

type Result = { readonly outcome: MergeOutcome; readonly jobs: readonly string[] }

/** Carries out plans, each for itself, in one statement; each outcome stands where its plan stood. */
export function carryOut(
  ctx: Context,
  plans: readonly NamedPlan[],
): Statement<MergeOutcome[], 'event'> {
  const given = JSON.stringify(plans.map((plan) => ({ ...plan, ...freshIds(ctx) })))
  return new Statement<MergeOutcome[], 'event'>(
    sql`select outcome, jobs from merge_batch(${ctx.tenant}, ${given}::jsonb, ${ctx.settings.currency},
      ${actorDocument(ctx)}::jsonb, ${ctx.requestId}, ${ctx.now.toISOString()}::timestamptz)`,
    (rows: readonly Row[]) => rows.map((row) => (row as Result).outcome),
    (rows) =>
      rows
        .flatMap((row) => (row as Result).jobs)
        .map((id) => ({ tenant: ctx.tenant, id, kind: 'announce' })),
  )
}

const freshIds = (ctx: Context) => ({
  event: newId('event', ctx.now),
  job: newId('job', ctx.now),
  mergedEvent: newId('event', ctx.now),
  mergedJob: newId('job', ctx.now),
  groupEvent: newId('event', ctx.now),
  groupJob: newId('job', ctx.now),
})
