import { minuteTasks, nightTasks, type Task } from '../src/cron/task.ts'

/** The tasks of the clock by when they are due. */
export const taskRows = (): string[][] => [
  ['each minute', namesOf(minuteTasks)],
  ['at 03:17 UTC', namesOf(nightTasks)],
]

const namesOf = (all: readonly Task[]): string => all.map(({ name }) => `\`${name}\``).join(', ')
