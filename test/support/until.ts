import { setTimeout as wait } from 'node:timers/promises'

/** Waits for what another process does; asks again until it is so. */
export async function until(isSo: () => Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not so after ${milliseconds} ms: ${isSo}`)
    await wait(5)
  }
}
