import {
  type Context,
  commit,
  meetsPrecondition,
  mustHaveScope,
  newestReadVersion,
  readUnlessAnswered,
  type Versioned,
} from '#core/context'
import { newMailValues } from '#core/mail'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { applyMerges } from './apply.ts'
import * as query from './generated/query.ts'
import type { MergeCustomers } from './input.ts'
import { fieldsChangedSincePlan, type MergePlan } from './plan.ts'
import {
  mergeablePairOrRefuse,
  mergePlanId,
  planRequestedMerge,
  versionsInPlanId,
} from './preview.ts'
import type { MergePair } from './side.ts'
import { type FoundMerge, type Merge, toMerge } from './view.ts'

type Requested = Versioned<Merge> & { readonly created: boolean }

/** How often a plan is made anew after a concurrent change, before the caller has to try again. */
const ATTEMPTS = 5

/**
 * Merges one customer into another, also a pair whose merge was undone. A repeat answers with the merge that was done. With a
 * `planId` exactly that plan is applied, besides all orders that there are by then. The owner of an account that loses its login is told by mail. Refuses `customer_not_found`, `customer_merged`, `merge_with_itself`,
 * `guest_cannot_survive`, and `precondition_failed` for an outdated plan or version, with the names of the changed fields.
 */
export async function mergeCustomers(
  ctx: Context,
  survivorId: string,
  input: MergeCustomers,
): Promise<Requested> {
  mustHaveScope(ctx, 'merge:write')
  const sides = query.findMergeSides({ tenant: ctx.tenant, survivorId, mergedId: input.from })
  for (let attempt = 1; ; attempt++) {
    const result = await readUnlessAnswered(ctx, { sides })
    if ('kept' in result) return toRequested(query.answerMergeOfCommit.readKept(result.kept))
    const [found] = result.found.sides
    if (found !== undefined && found.done !== null) return answerRepeated(ctx, found.done)
    const pair = mergeablePairOrRefuse(found)
    const plan = planFor(ctx, pair, input)
    try {
      return await merge(ctx, pair, plan)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'precondition_failed') throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
    }
  }
}

function planFor(ctx: Context, pair: MergePair, { planId }: MergeCustomers): MergePlan {
  const { survivor, merged } = pair
  if (!meetsPrecondition(ctx, survivor.version)) {
    const survivorVersion = newestReadVersion(ctx, survivor.version)
    throw stale(pair, { survivorVersion, mergedVersion: merged.version })
  }
  const plan = planRequestedMerge(ctx, pair)
  if (planId === undefined || planId === mergePlanId(ctx, plan)) return plan
  throw stale(pair, versionsInPlanId(planId), PLAN)
}

const PLAN =
  'A customer has changed since the preview; `changed` names the fields. Ask for another preview, and send its `planId`.'

const stale = (
  pair: MergePair,
  read: Pick<MergePlan, 'survivorVersion' | 'mergedVersion'>,
  detail?: string,
): Refusal =>
  new Refusal('precondition_failed', { changed: fieldsChangedSincePlan(pair, read), detail })

async function merge(ctx: Context, { survivor }: MergePair, plan: MergePlan): Promise<Requested> {
  const id = newId('merge', ctx.now)
  const { answer } = await commit(ctx, {
    told: query.tellOfMerge({ ...newMailValues(ctx), customerId: plan.mergedId }),
    merged: applyMerges(ctx, [{ ...plan, merge: id, claimedAt: survivor.claimedAt }]),
    answer: query.answerMergeOfCommit({ tenant: ctx.tenant, id }).asAnswer(id),
  })
  return toRequested(answer)
}

/** Answers with a merge that a twin of this request, or another request, has done already. */
async function answerRepeated(ctx: Context, id: string): Promise<Requested> {
  const { answer } = await commit(ctx, {
    answer: query.answerRepeatedMerge({ tenant: ctx.tenant, id }).asAnswer(id),
  })
  return toRequested(answer)
}

type Answer = readonly (FoundMerge & { readonly created: boolean })[]

const toRequested = ([row]: Answer): Requested => ({
  ...toMerge(row),
  created: row?.created ?? false,
})
