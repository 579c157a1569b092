import type { BenchService } from './bench-service.ts'
import { casesOf } from './case.ts'
import { residentMemoryMib } from './cpu-and-memory.ts'
import { readFilledTenant } from './filled-tenant.ts'
import { measureUnderLoad } from './load.ts'

const STEPS = 10

/**
 * Tests for memory leaks: an isolate with half of the cloud's heap serves this many requests of every kind. The
 * process is told too; outside the heap it grows for a while under any Worker, even one that only says ok.
 */
export async function soak(
  stage: BenchService,
  requests: number,
  say: (text: string) => void,
): Promise<void> {
  const cases = casesOf(await readFilledTenant(stage), `soak-${Date.now().toString(36)}`)
  for (const one of cases) await one.prepare?.(stage)
  const { pid, urlOf } = stage.workerd
  let done = 0
  for (let step = 1; step <= STEPS; step++) {
    const errors = new Map<string, number>()
    while (done < (requests * step) / STEPS) {
      for (const { name, next, status } of cases) {
        const measured = await measureUnderLoad({
          url: urlOf('service'),
          connections: 32,
          seconds: 0.4,
          next,
          token: stage.token,
          expect: (got) => {
            if (got !== status)
              errors.set(`${name} ${got}`, (errors.get(`${name} ${got}`) ?? 0) + 1)
            return got === status
          },
        })
        done += measured.requests
      }
    }
    const what = [...errors].map(([answer, times]) => `, ${times} × ${answer}`).join('')
    say(
      `${done} requests, ${errors.size === 0 ? 'no errors' : 'errors'}${what}: process ${residentMemoryMib(pid)} MiB`,
    )
  }
}
