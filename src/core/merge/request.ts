import { sql } from 'drizzle-orm'
import { type Context, commit, keep, mayUse, refuseWhen, type Versioned } from '#core/context'
import { Refusal, type RefusalCode } from '#kernel/error'
import { newId } from '#kernel/id'
import { carryOut } from './carry-out.ts'
import type { MergeCustomers } from './input.ts'
import { changedSince, type MergePlan, mergeProblem } from './plan.ts'
import { planIdOf, planRequested, versionsIn } from './preview.ts'
import { readSides, type Sides } from './read.ts'
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
    const sides = await readSides(ctx, survivorId, input.from)
    if (sides.done !== null) return answer(ctx, sides.done)
    const plan = planOrRefusal(ctx, sides, input)
    if (plan instanceof Refusal) return refuseUnlessKept(ctx, plan)
    try {
      return await merge(ctx, plan)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'precondition_failed') throw error
      if (attempt === ATTEMPTS) throw new Refusal('database_unavailable', { retryAfter: 1 })
    }
  }
}

function planOrRefusal(
  ctx: Context,
  { survivor, merged }: Sides,
  { planId }: MergeCustomers,
): MergePlan | Refusal {
  if (survivor === null || merged === null) return new Refusal('customer_not_found')
  const pair = { survivor, merged }
  const problem = mergeProblem(pair)
  if (problem !== null) return new Refusal(problem)
  if (ctx.ifMatch !== null && ctx.ifMatch !== survivor.version) {
    return stale(pair, { survivorVersion: ctx.ifMatch, mergedVersion: merged.version })
  }
  const plan = planRequested(ctx, pair)
  return planId === undefined || planId === planIdOf(ctx, plan)
    ? plan
    : stale(pair, versionsIn(planId))
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

/** What a request under this key was answered with before counts for more than what would be refused now. */
async function refuseUnlessKept(ctx: Context, refusal: Refusal): Promise<Requested> {
  if (ctx.idempotency === null) throw refusal
  const { answer: kept } = await commit(ctx, {
    refused: refuseWhen(sql`true`, refusal.code),
    answer: keep<Kept>(sql`null::json`),
  }).catch((error: unknown) => {
    throw isRefusedFor(error, refusal.code) ? refusal : error
  })
  return toRequested(kept)
}

const isRefusedFor = (error: unknown, code: RefusalCode): boolean =>
  error instanceof Refusal && error.code === code

const toRequested = ({ merge, created }: Kept): Requested => ({ ...toMerge(merge), created })
