import { type Due, endTickLeases, leaseTicks } from '#core/tick'
import { endsWithin } from '#kernel/timer'
import { type Runtime, systemOf } from '../runtime.ts'
import { makeBudget } from './budget.ts'
import { makeLane } from './lane.ts'
import { eachMinute } from './schedule.ts'
import { type Task, tasks } from './task.ts'
import { beginWork, doWork, leftOf, type Work, type World } from './work.ts'

/** How long the tasks of each minute have the run to themselves. Somebody waits for what they do; nobody waits for the night's. */
const MINUTES_FIRST_MS = 20_000

/**
 * Does what is due, for a part of the minute: the tasks whose moment has come, and what earlier minutes have left. What is not done by
 * then stays due, and the next minute goes on with it, in any isolate. A run with a failure is reported as failed.
 */
export async function tick(
  { scheduledTime }: Pick<ScheduledController, 'scheduledTime'>,
  runtime: Runtime,
  known: readonly Task[] = tasks,
): Promise<void> {
  const { timer } = runtime
  const budget = makeBudget(timer)
  runtime.attempts.settle(runtime.now())
  const at = new Date(scheduledTime)
  const names = known.map(({ name }) => name)
  const { due, lease } = await leaseTicks(systemOf(runtime), at, names)
  const all = known.map((task) => beginWork(task, tenantsOf(due, task)))
  const world = { runtime, lane: makeLane(timer), budget }
  const whole = doAll(all, world)
  const isWhole = await endsWithin(timer, budget.left(), whole)
  const ends = all.flatMap((work) => endsOf(work, due, at))
  if (ends.length > 0) await endTickLeases(systemOf(runtime), ends, lease)
  const failed = all.filter((work) => work.failed.length > 0).length
  if (failed > 0) throw new Error(`${failed} of ${all.length} tasks failed`)
  if (!isWhole) throw new Error('a step has not ended in its minute')
}

/** Those of each minute begin at once, the others when these are done, or take turns with them after a while. */
async function doAll(all: readonly Work[], world: World): Promise<void> {
  const isOften = ({ task }: Work) => task.next === eachMinute
  const often = Promise.all(all.filter(isOften).map((work) => doWork(work, world)))
  await endsWithin(world.runtime.timer, MINUTES_FIRST_MS, often)
  await Promise.all(all.filter((work) => !isOften(work)).map((work) => doWork(work, world)))
  await often
}

/** Who has been waiting longest is first. */
const tenantsOf = (due: readonly Due[], { name }: Task): string[] =>
  due
    .filter(({ task }) => task === name)
    .toSorted((a, b) => Number(a.dueAt > b.dueAt) - Number(a.dueAt < b.dueAt))
    .map(({ tenant }) => tenant)

function endsOf(work: Work, due: readonly Due[], at: Date) {
  const { name, next } = work.task
  const [done, left] = [new Set(work.done), new Set(leftOf(work))]
  return due
    .filter(({ task, tenant }) => task === name && (done.has(tenant) || left.has(tenant)))
    .map((one) => ({ due: one, next: left.has(one.tenant) ? null : next(at) }))
}
