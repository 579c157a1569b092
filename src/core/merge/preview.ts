import * as z from 'zod'
import { type Context, mustHaveScope, read } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { PlanId, type PreviewMerge } from './input.ts'
import { alreadyMergedRefusal, customerNotFoundRefusal } from './merge-refusal.ts'
import { type LeftAddress, type MergePlan, mergeProblem, planMerge } from './plan.ts'
import type { FoundMergeSides, MergePair } from './side.ts'

export const MergePreview = z
  .strictObject({
    planId: PlanId.meta({
      description:
        'Send it with the merge: the addresses, groups and fields of this preview move, or the merge is refused. Orders that are recorded meanwhile move too',
    }),
    survivorId: z.string(),
    mergedId: z.string(),
    survivorVersion: z.int(),
    mergedVersion: z.int(),
    orders: z.int().meta({
      description: 'Orders that count for the other customer now, and for the survivor afterwards',
    }),
    spent: z.array(z.strictObject({ currency: z.string(), amount: z.int(), orders: z.int() })),
    addresses: z.array(z.string()).meta({ description: 'The addresses that will move' }),
    leftAddresses: z
      .array(z.strictObject({ id: z.string(), reason: z.enum(['same', 'no_room', 'orders_only']) }))
      .meta({ description: 'The addresses that will stay in the record of the merge' }),
    groups: z.array(z.strictObject({ key: z.string(), expiresAt: z.iso.datetime().nullable() })),
    profile: z.record(z.string(), z.string()).meta({ description: 'Blank fields to be filled' }),
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'MergePreview' })
export type MergePreview = z.output<typeof MergePreview>

/**
 * Shows what a merge would do, and its plan. Changes nothing. Refuses `customer_not_found`, `customer_merged`,
 * `merge_with_itself`, `guest_cannot_survive`.
 */
export async function previewMerge(
  ctx: Context,
  survivorId: string,
  { from }: PreviewMerge,
): Promise<MergePreview> {
  mustHaveScope(ctx, 'merge:write')
  const { sides } = await read(ctx, {
    sides: query.findMergeSides({ tenant: ctx.tenant, survivorId, mergedId: from }),
  })
  const pair = mergeablePairOrRefuse(sides[0])
  const { merged } = pair
  const { automatic: _, ordersOnly: __, ...plan } = planRequestedMerge(ctx, pair)
  return {
    planId: mergePlanId(ctx, planRequestedMerge(ctx, pair)),
    ...plan,
    addresses: [...plan.addresses],
    leftAddresses: plan.leftAddresses.map((left: LeftAddress) => ({ ...left })),
    groups: plan.groups.map((group) => ({ ...group })),
    metadata: { ...plan.metadata },
    orders: merged.orderCount,
    spent: merged.spent.map((part) => ({ ...part })),
  }
}

/** The pair of both sides. Refuses with the code that `mergeProblem` finds, and names the survivor of an earlier merge. */
export function mergeablePairOrRefuse(sides: FoundMergeSides | undefined): MergePair {
  const { survivor = null, merged = null } = sides ?? {}
  if (survivor === null || merged === null) throw customerNotFoundRefusal(sides)
  const pair = { survivor, merged }
  const problem = mergeProblem(pair)
  if (problem === 'customer_merged') throw alreadyMergedRefusal(pair)
  if (problem === 'customer_not_found') throw customerNotFoundRefusal(sides)
  if (problem !== null) throw new Refusal(problem)
  return pair
}

/** The plan of a requested merge. */
export const planRequestedMerge = (ctx: Context, pair: MergePair): MergePlan =>
  planMerge(pair, { maxAddresses: ctx.settings.max_addresses, automatic: false, now: ctx.now })

/** A unique id of a plan. It includes the versions of the plan, so that later changes can be named. */
export function mergePlanId(ctx: Context, plan: MergePlan): string {
  const { survivorVersion, mergedVersion } = plan
  const seal = ctx.keyring.mac('merge-plan', JSON.stringify([ctx.tenant, plan]))
  return `plan_${survivorVersion}_${mergedVersion}_${seal}`
}

/** The versions in a plan's id. */
export function versionsInPlanId(planId: string) {
  const [, survivorVersion, mergedVersion] = planId.split('_').map(Number)
  return { survivorVersion: survivorVersion ?? 0, mergedVersion: mergedVersion ?? 0 }
}
