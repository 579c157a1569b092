import { sql } from 'drizzle-orm'
import {
  type Context,
  commit,
  keep,
  mayUse,
  readUnlessKept,
  refuseWhen,
  type Versioned,
} from '#core/context'
import type { Statement } from '#db/statement'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { carryOut } from './carry-out.ts'
import type { MergeCustomers } from './input.ts'
import { changedSince, type MergePlan, mergeProblem } from './plan.ts'
import { planIdOf, planRequested, versionsIn } from './preview.ts'
import { type Sides, sidesOf } from './read.ts'
import type { Pair } from './side.ts'
import { type Merge, type MergeDocument, mergeDocumentOf, toMerge } from './view.ts'

export type Requested = Versioned<Merge> & { readonly created: boolean }
type Kept = { readonly merge: MergeDocument; readonly created: boolean }

/** How often a plan is made anew because somebody was faster, before the caller is told to try again. */
const ATTEMPTS = 5

/**
 * Makes one customer part of another; of any two, and whatever was undone before. The same again answers with what was done. With
 * a `planId` exactly that plan is carried out. Refuses `customer_not_found`, `customer_merged`, `merge_with_itself`,
 * `guest_cannot_survive`, and `precondition_failed` for a plan or a version that is not the present one, naming what has changed.
 */
export async function mergeCustomers(
  ctx: Context,
  survivorId: string,
  input: MergeCustomers,
): Promise<Requested> {
  mayUse(ctx, 'merge:write')
  for (let attempt = 1; ; attempt++) {
    const looked = await readUnlessKept<Kept, { sides: Statement<Sides, 'read'> }>(ctx, {
      sides: sidesOf(ctx, survivorId, input.from),
    })
    if ('kept' in looked) return toRequested(looked.kept)
    const { sides } = looked.found
    if (sides.done !== null) return answer(ctx, sides.done)
    const plan = planFor(ctx, sides, input)
    try {
      return await merge(ctx, plan)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'precondition_failed') throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
    }
  }
}

function planFor(ctx: Context, { survivor, merged }: Sides, { planId }: MergeCustomers): MergePlan {
  if (survivor === null || merged === null) throw new Refusal('customer_not_found')
  const pair = { survivor, merged }
  const problem = mergeProblem(pair)
  if (problem !== null) throw new Refusal(problem)
  if (ctx.ifMatch !== null && ctx.ifMatch !== survivor.version) {
    throw stale(pair, { survivorVersion: ctx.ifMatch, mergedVersion: merged.version })
  }
  const plan = planRequested(ctx, pair)
  if (planId === undefined || planId === planIdOf(ctx, plan)) return plan
  throw stale(pair, versionsIn(planId))
}

const stale = (pair: Pair, read: Pick<MergePlan, 'survivorVersion' | 'mergedVersion'>): Refusal =>
  new Refusal('precondition_failed', { changed: changedSince(pair, read) })

async function merge(ctx: Context, plan: MergePlan): Promise<Requested> {
  const id = newId('merge', ctx.now)
  const { answer: kept } = await commit(ctx, {
    merged: carryOut(ctx, [{ ...plan, merge: id }]),
    done: refuseWhen(
      sql`not exists (select from merge where tenant = ${ctx.tenant} and id = ${id} and state = 'done')`,
      'precondition_failed',
    ),
    answer: keep<Kept>(
      sql`json_build_object('merge', (${mergeDocumentOf(ctx.tenant, id)}), 'created', true)`,
      plan.survivorId,
    ),
  })
  return toRequested(kept)
}

/** It is done already: by a twin of this request, or by another. */
async function answer(ctx: Context, id: string): Promise<Requested> {
  const { answer: kept } = await commit(ctx, {
    answer: keep<Kept>(
      sql`json_build_object('merge', (${mergeDocumentOf(ctx.tenant, id)}), 'created', false)`,
    ),
  })
  return toRequested(kept)
}

const toRequested = ({ merge, created }: Kept): Requested => ({ ...toMerge(merge), created })
