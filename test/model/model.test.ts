import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { seed as anySeed, runs as runsOf } from '../support/runs.ts'
import { story } from './command.ts'
import { live } from './story.ts'
import { MAX_ADDRESSES } from './world.ts'

const runs = Number(process.env.MODEL_RUNS ?? runsOf(32, 1200))
const seed = Number(process.env.MODEL_SEED ?? anySeed)
const path = process.env.MODEL_PATH
/** Stories that happen at the same time, each to shops in a tenant of its own. */
const LANES = path === undefined ? 4 : 1

// Replies that are lost are logged; here they are meant to be.
for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined)
}

const lanes = await Promise.all(
  Array.from({ length: LANES }, () =>
    startTestApp({ settings: { max_addresses: MAX_ADDRESSES, require_email_verification: true } }),
  ),
)

test(`whatever happens to guests, orders and merges, nothing is lost (MODEL_SEED=${seed})`, async () => {
  let lived = 0
  const happened = new Map<string, number>()
  const count = (things: readonly string[]) => {
    for (const thing of things) happened.set(thing, (happened.get(thing) ?? 0) + 1)
  }
  let failed = false
  await Promise.all(
    lanes.map(async (app, lane) => {
      const property = fc.asyncProperty(story, async (it) => {
        if (failed && process.env.MODEL_HASTE) return
        count(await live(app, it))
        lived++
      })
      const laneSeed = seed + (path === undefined ? lane : 0)
      const result = await fc.check(property, {
        numRuns: Math.ceil(runs / LANES),
        seed: laneSeed,
        ...(path === undefined ? {} : { path }),
        endOnFailure: process.env.MODEL_HASTE !== undefined,
      })
      if (!result.failed) return
      failed = true
      throw new Error(
        [
          `after ${lived} stories: MODEL_SEED=${laneSeed} MODEL_PATH=${result.counterexamplePath}`,
          String(result.errorInstance),
        ].join('\n'),
      )
    }),
  )
  expect(lived).toBeGreaterThanOrEqual(path === undefined ? runs : 1)
  console.log(`${lived} stories:`, Object.fromEntries([...happened].sort()))
})
