import { setTimeout as wait } from 'node:timers/promises'

/** Waits for what another process does, however long it takes; asks again, after so many milliseconds, until it is so. */
export async function until(isSo: () => Promise<boolean>, pause = 5): Promise<void> {
  while (!(await isSo())) await wait(pause)
}
