import { type DueClockTask, endClockTaskLeases, leaseClockTasks } from '#core/tick'
import { endsWithin } from '#kernel/timer'
import { type Runtime, systemContextForTenants } from '../runtime.ts'
import { makeBudget } from './budget.ts'
import { makeRunInTurn } from './run-in-turn.ts'
import { eachMinuteSchedule } from './schedule.ts'
import { type Task, tasks } from './task.ts'
import {
  continueTaskRun,
  newTaskRun,
  type RunEnvironment,
  type TaskRun,
  tenantsLeft,
} from './task-run.ts'

/** For this long only the minute tasks run, because people wait for their results. Nobody waits for the night tasks. */
const MINUTES_FIRST_MS = 20_000

/**
 * Does what is due, for a part of the minute: the tasks whose moment has come, and what earlier minutes have left. What is not done by
 * then stays due, and the next minute goes on with it, in any isolate. A run with a failure is reported as failed.
 */
export async function runDueTasks(
  { scheduledTime }: Pick<ScheduledController, 'scheduledTime'>,
  runtime: Runtime,
  known: readonly Task[] = tasks,
): Promise<void> {
  const { timer } = runtime
  const budget = makeBudget(timer)
  runtime.attempts.settle(runtime.now())
  const at = new Date(scheduledTime)
  const names = known.map(({ name }) => name)
  const { due, lease } = await leaseClockTasks(systemContextForTenants(runtime), at, names)
  const all = known.map((task) => newTaskRun(task, tenantsOf(due, task)))
  const world = { runtime, lane: makeRunInTurn(timer), budget }
  const whole = doAll(all, world)
  const isWhole = await endsWithin(timer, budget.left(), whole)
  const ends = all.flatMap((work) => endsOf(work, due, at))
  if (ends.length > 0) await endClockTaskLeases(systemContextForTenants(runtime), ends, lease)
  const failed = all.filter((work) => work.failed.length > 0).length
  if (failed > 0) throw new Error(`${failed} of ${all.length} tasks failed`)
  if (!isWhole) throw new Error('a step has not ended in its minute')
}

/** Starts the minute tasks at once. The night tasks start when these are done, or after `MINUTES_FIRST_MS`. */
async function doAll(all: readonly TaskRun[], world: RunEnvironment): Promise<void> {
  const isOften = ({ task }: TaskRun) => task.next === eachMinuteSchedule
  const often = Promise.all(all.filter(isOften).map((work) => continueTaskRun(work, world)))
  await endsWithin(world.runtime.timer, MINUTES_FIRST_MS, often)
  await Promise.all(
    all.filter((work) => !isOften(work)).map((work) => continueTaskRun(work, world)),
  )
  await often
}

/** The tenants for whom the task is due, the longest waiting first. */
const tenantsOf = (due: readonly DueClockTask[], { name }: Task): string[] =>
  due
    .filter(({ task }) => task === name)
    .toSorted((a, b) => Number(a.dueAt > b.dueAt) - Number(a.dueAt < b.dueAt))
    .map(({ tenant }) => tenant)

function endsOf(work: TaskRun, due: readonly DueClockTask[], at: Date) {
  const { name, next } = work.task
  const [done, left] = [new Set(work.done), new Set(tenantsLeft(work))]
  return due
    .filter(({ task, tenant }) => task === name && (done.has(tenant) || left.has(tenant)))
    .map((one) => ({ due: one, next: left.has(one.tenant) ? null : next(at) }))
}
