import {
  accepts,
  type Context,
  commit,
  mayUse,
  readBefore,
  readUnlessKept,
  type Versioned,
} from '#core/context'
import { mailing } from '#core/mail'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { applyMerges } from './apply.ts'
import * as query from './generated/query.ts'
import type { MergeCustomers } from './input.ts'
import { changedSince, type MergePlan } from './plan.ts'
import { pairOf, planIdOf, planRequested, versionsIn } from './preview.ts'
import type { Pair } from './side.ts'
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
  mayUse(ctx, 'merge:write')
  const sides = query.readSides({ tenant: ctx.tenant, survivorId, mergedId: input.from })
  for (let attempt = 1; ; attempt++) {
    const result = await readUnlessKept(ctx, { sides })
    if ('kept' in result) return toRequested(query.answerDone.readKept(result.kept))
    const [found] = result.found.sides
    if (found !== undefined && found.done !== null) return answerRepeated(ctx, found.done)
    const pair = pairOf(found)
    const plan = planFor(ctx, pair, input)
    try {
      return await merge(ctx, pair, plan)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'precondition_failed') throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
    }
  }
}

function planFor(ctx: Context, pair: Pair, { planId }: MergeCustomers): MergePlan {
  const { survivor, merged } = pair
  if (!accepts(ctx, survivor.version)) {
    const survivorVersion = readBefore(ctx, survivor.version)
    throw stale(pair, { survivorVersion, mergedVersion: merged.version })
  }
  const plan = planRequested(ctx, pair)
  if (planId === undefined || planId === planIdOf(ctx, plan)) return plan
  throw stale(pair, versionsIn(planId), PLAN)
}

const PLAN =
  'A customer has changed since the preview; `changed` names the fields. Ask for another preview, and send its `planId`.'

const stale = (
  pair: Pair,
  read: Pick<MergePlan, 'survivorVersion' | 'mergedVersion'>,
  detail?: string,
): Refusal => new Refusal('precondition_failed', { changed: changedSince(pair, read), detail })

async function merge(ctx: Context, { survivor }: Pair, plan: MergePlan): Promise<Requested> {
  const id = newId('merge', ctx.now)
  const { answer } = await commit(ctx, {
    told: query.tellOfMerge({ ...mailing(ctx), customerId: plan.mergedId }),
    merged: applyMerges(ctx, [{ ...plan, merge: id, claimedAt: survivor.claimedAt }]),
    answer: query.answerDone({ tenant: ctx.tenant, id }).asAnswer(id),
  })
  return toRequested(answer)
}

/** Answers with a merge that a twin of this request, or another request, has done already. */
async function answerRepeated(ctx: Context, id: string): Promise<Requested> {
  const { answer } = await commit(ctx, {
    answer: query.answerRepeated({ tenant: ctx.tenant, id }).asAnswer(id),
  })
  return toRequested(answer)
}

type Answer = readonly (FoundMerge & { readonly created: boolean })[]

const toRequested = ([row]: Answer): Requested => ({
  ...toMerge(row),
  created: row?.created ?? false,
})
