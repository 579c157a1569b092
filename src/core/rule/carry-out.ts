import { type Context, commitQuietly, mayUse, read } from '#core/context'
import { matchingBetween } from '#core/customer'
import { changeMembers } from '#core/group'
import { completeJob } from '#core/outbox'
import type { RowOf } from '#db/use-case'
import { newId } from '#kernel/id'
import { BOUNDS } from './bounds.ts'
import * as query from './generated/query.ts'
import { judge } from './judge.ts'
import { liveRules } from './live-rules.ts'
import type { findTask } from './query/task.ts'
import { type Rule, withReaders } from './rule.ts'

type Task = RowOf<typeof findTask>

/**
 * For the system: does one job of the kind `carry_out`, which carries a new rule out for all customers, or adds all who match a filter. It
 * goes on where an earlier job has stopped. A task that was replaced, and one that another worker does, ends without a further commit.
 */
export async function carryOut(ctx: Context, job: string, bounds = BOUNDS): Promise<void> {
  mayUse(ctx, 'group:write')
  const first = await findWork(ctx, job)
  if (first === null) return completeJob(ctx, job)
  const { task } = first
  const which = { tenant: ctx.tenant, groupKey: task.groupKey, id: task.id }
  const isHeld = task.kind === 'rule' && !task.hasRule
  if (task.total === null) {
    await commitQuietly(ctx, { counted: query.countTask({ ...which, isHeld }) })
  }
  const findRules = async () => (await findWork(ctx, job))?.rules ?? null
  let { after } = task
  for (let done = 0; done < bounds.batches; done++) {
    const next = isHeld ? query.nextHeld : query.nextListed
    const { batch } = await read(ctx, { batch: next({ ...which, after, limit: bounds.batch }) })
    const { last = null, count = 0 } = batch[0] ?? {}
    if (last === null) {
      if (isHeld && (await dropMoments(ctx, task.groupKey, bounds.moments))) continue
      return finish(ctx, which, job)
    }
    const range = { after, last, heldBy: isHeld ? task.groupKey : null }
    if (task.kind === 'add') await addMatching(ctx, task, range)
    else await judge(ctx, { findRules, judging: range }, bounds)
    const { noted } = await commitQuietly(ctx, {
      noted: query.noteProgress({ ...which, after, last, count }),
    })
    if (noted.length === 0) return
    after = last
  }
  await commitQuietly(ctx, {
    continued: query.continueTask({
      ...which,
      job,
      now: ctx.now.toISOString(),
      rest: newId('job', ctx.now),
    }),
  })
}

/** The task of a job, and the rules that it judges by; null: it is done, or was replaced. */
async function findWork(ctx: Context, job: string) {
  const { tenant } = ctx
  const found = await read(ctx, {
    task: query.findTask({ tenant, job }),
    rules: query.findRules({ tenant }),
  })
  const [task] = found.task
  return task === undefined ? null : { task, rules: rulesOf(task, liveRules(ctx, found.rules)) }
}

type Which = { readonly tenant: string; readonly groupKey: string; readonly id: string }

/** The rules that the task's batches are judged by: that of its group, and those that read it. */
function rulesOf({ groupKey, ruleNumber, hasRule }: Task, rules: readonly Rule[]): Rule[] {
  const gone = { key: groupKey, number: ruleNumber, filter: null }
  return withReaders(hasRule ? rules : [...rules, gone], groupKey)
}

/** Deletes moments of a rule that was taken away. True when there may be more. */
async function dropMoments(ctx: Context, groupKey: string, limit: number): Promise<boolean> {
  const { dropped } = await commitQuietly(ctx, {
    dropped: query.dropMoments({ tenant: ctx.tenant, groupKey, limit }),
  })
  return dropped.length === limit
}

async function finish(ctx: Context, which: Which, job: string): Promise<void> {
  await commitQuietly(ctx, {
    finished: query.finishTask({ ...which, job, now: ctx.now.toISOString() }),
  })
}

type Range = { readonly after: string; readonly last: string }

/** Adds the customers of a range who match the filter of an addition. */
async function addMatching(ctx: Context, { groupKey, filter, startedAt }: Task, range: Range) {
  const asked = { tenant: ctx.tenant, filter: filter ?? {}, now: new Date(startedAt) }
  const { ids } = await read(ctx, { ids: matchingBetween(asked, range) })
  if (ids.length === 0) return
  await changeMembers(ctx, groupKey, { add: ids, remove: [] }, { create: false })
}
