import { type Context, commit, commitWithoutKey, mustHaveScope, read } from '#core/context'
import { matchingIdsInRange } from '#core/customer'
import { changeMembersCall } from '#core/group'
import { completeJob } from '#core/outbox'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import * as query from './generated/query.ts'
import { type GroupRule, ruleAndRulesReadingIt } from './group-rule.ts'
import { judgeAndApplyVerdicts } from './judge.ts'
import type { findGroupTask } from './query/group-task.ts'
import { RULE_BATCH_SIZES, type RuleBatchSizes } from './rule-batch-sizes.ts'
import { validRules } from './valid-rules.ts'

type Task = RowOf<typeof findGroupTask>
type Which = { readonly tenant: string; readonly groupKey: string; readonly id: string }

/** A task, how it examines customers, and the rules by which it judges them. */
type Work = {
  readonly task: Task
  readonly rules: readonly GroupRule[]
  /** all: every listed customer. held: the members by rule, because the rule was removed. none: nobody, because the rule is stopped and its members stay. */
  readonly examines: 'all' | 'held' | 'none'
}

/**
 * For the system: does one job of the kind `carry_out`, which carries a new rule out for all customers, or adds all who match a filter. It
 * goes on where an earlier job has stopped. If the task was replaced, or another worker has it, nothing more is committed.
 */
export async function carryOutGroupTask(
  ctx: Context,
  job: string,
  bounds = RULE_BATCH_SIZES,
): Promise<void> {
  mustHaveScope(ctx, 'group:write')
  const work = await findWork(ctx, job)
  if (work === null) return completeJob(ctx, job)
  const { task, examines } = work
  const which = { tenant: ctx.tenant, groupKey: task.groupKey, id: task.id }
  const isHeld = examines === 'held'
  if (task.total === null) {
    await commitWithoutKey(ctx, { counted: query.storeTaskTotal({ ...which, isHeld }) })
  }
  const limit = task.kind === 'add' ? bounds.added : bounds.batch
  let { after } = task
  for (let done = 0; done < bounds.batches; done++) {
    const { last, count } = await findBatch(ctx, which, examines, { after, limit })
    if (last === null) {
      if (examines !== 'all' && (await deleteMoments(ctx, which, bounds))) continue
      return finish(ctx, which, job, examines !== 'none')
    }
    const step = { after, last, count }
    const isDone =
      task.kind === 'add'
        ? await addMatching(ctx, task, step)
        : await judgeStep(ctx, job, which, { ...step, isHeld }, bounds)
    if (!isDone) return
    after = last
  }
  const { now } = ctx
  const rest = newId('job', now)
  await commitWithoutKey(ctx, {
    continued: query.enqueueNextGroupTaskJob({ ...which, job, now: now.toISOString(), rest }),
  })
}

/** The task of a job, as it is by now; null: it is done, or was replaced. */
async function findWork(ctx: Context, job: string): Promise<Work | null> {
  const { tenant } = ctx
  const found = await read(ctx, {
    task: query.findGroupTask({ tenant, job }),
    rules: query.findRules({ tenant }),
  })
  const [task] = found.task
  if (task === undefined) return null
  const { groupKey, ruleNumber, hasRule, kind } = task
  const live = validRules(ctx, found.rules)
  const gone = { key: groupKey, number: ruleNumber, filter: null }
  const rules = ruleAndRulesReadingIt(hasRule ? live : [...live, gone], groupKey)
  const isJudged = rules.some(({ key }) => key === groupKey)
  return {
    task,
    rules,
    examines: kind === 'add' || (hasRule && isJudged) ? 'all' : hasRule ? 'none' : 'held',
  }
}

type Range = { readonly after: string; readonly limit: number }

/** The next customers: how many there are, and the last of them; null: there is none. */
async function findBatch(ctx: Context, which: Which, examines: Work['examines'], range: Range) {
  if (examines === 'none') return { last: null, count: 0 }
  const next = examines === 'held' ? query.findHeldBatchRange : query.findListedBatchRange
  const { batch } = await read(ctx, { batch: next({ ...which, ...range }) })
  return batch[0] ?? { last: null, count: 0 }
}

type Step = { readonly after: string; readonly last: string; readonly count: number }

/** Judges the customers of a range. False: another worker has the task by now, or it was replaced. */
async function judgeStep(
  ctx: Context,
  job: string,
  which: Which,
  { isHeld, ...step }: Step & { readonly isHeld: boolean },
  bounds: RuleBatchSizes,
): Promise<boolean> {
  const findRules = async () => (await findWork(ctx, job))?.rules ?? null
  const { after, last } = step
  const judging = { after, last, heldBy: isHeld ? which.groupKey : null }
  await judgeAndApplyVerdicts(ctx, { findRules, judging }, bounds)
  const { noted } = await commitWithoutKey(ctx, {
    noted: query.noteTaskProgress({ ...which, ...step }),
  })
  return noted.length > 0
}

/** Adds the customers of a range who match the filter of an addition. False: the task is somebody else's by now. */
async function addMatching(ctx: Context, task: Task, step: Step): Promise<boolean> {
  const { tenant } = ctx
  const { groupKey, id, filter, startedAt } = task
  const asked = { tenant, filter: filter ?? {}, now: new Date(startedAt) }
  const { ids } = await read(ctx, { ids: matchingIdsInRange(asked, step) })
  try {
    await commit(ctx, {
      step: query.beginAdditionStep({ tenant, groupKey, id, ...step }),
      added: changeMembersCall(ctx, groupKey, { add: ids, remove: [] }, false),
    })
    return true
  } catch (error) {
    if (error instanceof Refusal && ends.has(error.code)) return false
    throw error
  }
}
const ends: ReadonlySet<string> = new Set([
  'precondition_failed',
  'group_not_found',
  'group_being_deleted',
])

/** Deletes a batch of the moments of a rule that is no longer judged. Returns whether moments may remain. */
async function deleteMoments(
  ctx: Context,
  which: Which,
  { moments }: RuleBatchSizes,
): Promise<boolean> {
  const { dropped } = await commitWithoutKey(ctx, {
    dropped: query.deleteMoments({ ...which, limit: moments }),
  })
  return dropped.length === moments
}

async function finish(
  ctx: Context,
  which: Which,
  job: string,
  isCarriedOut: boolean,
): Promise<void> {
  await commitWithoutKey(ctx, {
    finished: query.finishGroupTask({ ...which, job, now: ctx.now.toISOString(), isCarriedOut }),
  })
}
