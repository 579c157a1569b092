import { type Service, startWorkerd } from './workerd.ts'

const RUNS = 9

/**
 * How much later a Worker answers for the first time than an empty one does, in milliseconds. Both are started in turn, and the
 * quickest of each counts: other load on the machine can only add time.
 */
export async function measureStartup(
  folder: string,
  compatibilityDate: string,
  worker: Service,
): Promise<number> {
  const empty = { ...worker, module: 'sink.js' }
  let [least, leastEmpty] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let run = 0; run < RUNS; run++) {
    leastEmpty = Math.min(leastEmpty, await timed(folder, compatibilityDate, empty))
    least = Math.min(least, await timed(folder, compatibilityDate, worker))
  }
  return Math.round(least - leastEmpty)
}

async function timed(folder: string, date: string, worker: Service): Promise<number> {
  const started = performance.now()
  const workerd = await startWorkerd(folder, date, [worker])
  const took = performance.now() - started
  await workerd.stop()
  return took
}
