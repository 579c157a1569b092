import { errorFields, log } from '#kernel/log'
import {
  MAX_MESSAGES_PER_SEND,
  type Runtime,
  systemContext,
  systemContextForTenants,
} from '../runtime.ts'
import type { Budget } from './budget.ts'
import type { RunInTurn } from './run-in-turn.ts'
import type { Task } from './task.ts'

/** The tenants for whom one step works. */
type Unit = readonly string[]

/** What one run does of a task, and how far it has come. */
export type TaskRun = {
  readonly task: Task
  readonly waiting: Unit[]
  readonly done: string[]
  readonly failed: string[]
}

/** A `forAll` task begins with one step for all tenants. Tenants with more to do then take turns. */
export const newTaskRun = (task: Task, tenants: readonly string[]): TaskRun => ({
  task,
  waiting: 'forAll' in task && tenants.length > 0 ? [tenants] : each(tenants),
  done: [],
  failed: [],
})

const each = (tenants: Unit): Unit[] => tenants.map((tenant) => [tenant])

/** The tenants whose task is not finished: it waits for its next step, or it failed. A tenant with a running step is left out. */
export const tenantsLeft = ({ waiting, failed }: TaskRun): string[] => [
  ...waiting.flat(),
  ...failed,
]

export type RunEnvironment = {
  readonly runtime: Runtime
  readonly lane: RunInTurn
  readonly budget: Budget
}

/** Does steps of a task, its tenants taking turns, until nothing is left or the budget is spent. A tenant's failure stops no other. */
export async function continueTaskRun(work: TaskRun, world: RunEnvironment): Promise<void> {
  const turn = async () => {
    const unit = world.budget.isSpent() ? undefined : work.waiting.shift()
    if (unit !== undefined) await serve(work, world, unit)
    return unit !== undefined
  }
  while (await world.lane(turn, work.task.rest));
}

async function serve({ task, waiting, done, failed }: TaskRun, world: RunEnvironment, unit: Unit) {
  try {
    if (await step(task, world, unit)) waiting.push(...each(unit))
    else done.push(...unit)
  } catch (error) {
    // Whose fault it is shows when each is tried alone.
    if (unit.length > 1) return void waiting.push(...each(unit))
    failed.push(...unit)
    log('error', 'task failed', { task: task.name, tenant: unit[0], ...errorFields(error) })
  }
}

/** One step, and the messages of its jobs. True when there may be more. */
async function step(task: Task, { runtime, budget }: RunEnvironment, unit: Unit): Promise<boolean> {
  const { outcome, begin } = stepOf(task, runtime, unit)
  try {
    const more = await begin()
    await runtime.send(outcome.jobs)
    return more
  } finally {
    budget.spend(outcome.roundTrips + Math.ceil(outcome.jobs.length / MAX_MESSAGES_PER_SEND))
  }
}

function stepOf(task: Task, runtime: Runtime, unit: Unit) {
  if ('forAll' in task) {
    const system = systemContextForTenants(runtime, unit)
    return { outcome: system.outcome, begin: () => task.forAll(system) }
  }
  const [tenant = ''] = unit
  const context = systemContext(runtime, tenant, task.name)
  return { outcome: context.outcome, begin: () => task.forEach(context) }
}
