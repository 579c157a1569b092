import { casesOf } from './case.ts'
import { memoryOf } from './cpu.ts'
import { load } from './load.ts'
import { filledOf, type Stage } from './stage.ts'

const STEPS = 10

/** Whether the isolate's memory stays flat: resident memory of the runtime while so many requests of every kind come in. */
export async function soak(
  stage: Stage,
  requests: number,
  say: (text: string) => void,
): Promise<void> {
  const cases = casesOf(await filledOf(stage), `soak-${Date.now().toString(36)}`)
  let done = 0
  say(`${memoryOf(stage.workerd.pid)} MiB before the first request`)
  for (let step = 1; step <= STEPS; step++) {
    let errors = 0
    while (done < (requests * step) / STEPS) {
      for (const { next, status } of cases) {
        const measured = await load({
          url: stage.workerd.urlOf('service'),
          connections: 32,
          seconds: 0.5,
          next,
          token: stage.token,
          expect: (got) => got === status,
        })
        done += measured.requests
        errors += measured.errors
      }
    }
    say(`${memoryOf(stage.workerd.pid)} MiB after ${done} requests, ${errors} errors`)
  }
}
