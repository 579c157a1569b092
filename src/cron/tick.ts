import type { System } from '#core/context'
import { claimTicks, finishTicks } from '#core/tick'
import { Bug } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Runtime, systemContext, systemOf } from '../runtime.ts'
import { schedules, type Task } from './task.ts'

/** A bound for a task that always answers that there is more. */
const MAX_STEPS = 1000

/**
 * Does the tasks of this moment and the unfinished tasks of earlier runs. One task's failure does not stop the others; a later
 * minute tries it again, and this run is reported as failed.
 */
export async function tick(
  controller: ScheduledController,
  runtime: Runtime,
  known: ReadonlyMap<string, readonly Task[]> = schedules,
): Promise<void> {
  const scheduled = known.get(controller.cron)
  if (scheduled === undefined) throw new Bug(`no task for the schedule ${controller.cron}`)
  runtime.attempts.settle(runtime.now())
  const all = new Map([...known.values()].flat().map((task) => [task.name, task]))
  const ours = await claimTicks(
    systemOf(runtime),
    new Date(controller.scheduledTime),
    scheduled.map(({ name }) => name),
    [...all.keys()],
  )
  const tasks = ours.tasks.flatMap((name) => all.get(name) ?? [])
  const ends = await Promise.all(tasks.map((task) => succeeds(task, runtime)))
  const done = tasks.flatMap(({ name }, i) => (ends[i] ? [name] : []))
  if (done.length > 0) await finishTicks(systemOf(runtime), done, ours.lease)
  const failed = tasks.length - done.length
  if (failed > 0) throw new Error(`${failed} of ${tasks.length} tasks failed`)
}

async function succeeds(task: Task, runtime: Runtime): Promise<boolean> {
  try {
    if ('forAll' in task) {
      await repeat(task.name, runtime, () => systemOf(runtime), task.forAll)
    } else {
      for (const tenant of runtime.config.tenants.keys()) {
        const context = () => systemContext(runtime, tenant, task.name)
        await repeat(task.name, runtime, context, task.forEach)
      }
    }
    return true
  } catch (error) {
    log('error', 'task failed', { task: task.name, ...errorFields(error) })
    return false
  }
}

async function repeat<C extends Pick<System, 'outcome'>>(
  name: string,
  runtime: Runtime,
  world: () => C,
  step: (world: C) => Promise<boolean>,
): Promise<void> {
  for (let steps = 1; ; steps++) {
    const now = world()
    const more = await step(now)
    await runtime.send(now.outcome.jobs)
    if (!more) return
    if (steps === MAX_STEPS) return log('warn', 'task cut short', { task: name, steps })
  }
}
