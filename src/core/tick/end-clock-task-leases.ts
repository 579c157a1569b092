import { commitWithoutKey, type SystemContext } from '#core/context'
import { log } from '#kernel/log'
import { BEHIND_MS } from './behind-threshold.ts'
import * as query from './generated/query.ts'
import type { DueClockTask } from './lease.ts'

/** @property next the moment of its next run; null: it is not done, and stays due. */
type End = { readonly due: DueClockTask; readonly next: Date | null }

/** Ends the lease of tasks. Logs once when a task falls behind, and once when it has caught up. */
export async function endClockTaskLeases(
  system: SystemContext,
  ends: readonly End[],
  lease: Date,
): Promise<void> {
  const late = new Date(system.now.getTime() - BEHIND_MS).toISOString()
  const isBehind = ({ due, next }: End) => next === null && due.dueAt < late
  await commitWithoutKey(system, {
    released: query.endClockTaskLeases({
      ends: ends.map((end) => ({
        tenant: end.due.tenant,
        task: end.due.task,
        dueAt: end.next?.toISOString() ?? end.due.dueAt,
        told: isBehind(end) || (end.next === null && end.due.told),
      })),
      lease: lease.toISOString(),
      now: system.now.toISOString(),
    }),
  })
  tell(
    'warn',
    'task is behind',
    ends.filter((end) => isBehind(end) && !end.due.told),
  )
  tell(
    'info',
    'task has caught up',
    ends.filter(({ due, next }) => next !== null && due.told),
  )
}

/** One line for each task, for all its tenants together. */
function tell(level: 'info' | 'warn', message: string, ends: readonly End[]): void {
  for (const [task, some] of Map.groupBy(ends, ({ due }) => due.task)) {
    const since = some.map(({ due }) => due.dueAt).toSorted()[0]
    log(level, message, { task, since, tenants: some.length })
  }
}
