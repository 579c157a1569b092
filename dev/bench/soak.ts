import { casesOf } from './case.ts'
import { memoryOf } from './cpu.ts'
import { heapOf } from './heap.ts'
import { load } from './load.ts'
import { filledOf, type Stage } from './stage.ts'

const STEPS = 10

/**
 * Whether the isolate's memory stays flat while so many requests of every kind come in: the least that its heap held in each tenth,
 * which is what is left when garbage was just collected. The process is told too; it grows for a while under any Worker, even one
 * that only says ok.
 */
export async function soak(
  stage: Stage,
  requests: number,
  say: (text: string) => void,
): Promise<void> {
  const cases = casesOf(await filledOf(stage), `soak-${Date.now().toString(36)}`)
  const { pid, inspector, urlOf } = stage.workerd
  let done = 0
  for (let step = 1; step <= STEPS; step++) {
    let errors = 0
    let least = Number.POSITIVE_INFINITY
    while (done < (requests * step) / STEPS) {
      for (const { next, status } of cases) {
        const measured = await load({
          url: urlOf('service'),
          connections: 32,
          seconds: 0.4,
          next,
          token: stage.token,
          expect: (got) => got === status,
        })
        done += measured.requests
        errors += measured.errors
        least = Math.min(least, await heapOf(inspector, 'service'))
      }
    }
    say(`${done} requests, ${errors} errors: heap ${least} MiB, process ${memoryOf(pid)} MiB`)
  }
}
