import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { seed as anySeed, runs as runsOf } from '../../support/runs.ts'
import { story } from './command.ts'
import { startRuleApps } from './shop.ts'
import { live } from './story.ts'

const runs = Number(process.env.RULE_RUNS ?? runsOf(8, 600))
/** Many stories take longer than what hangs. */
const PATIENCE = Math.max(600_000, runs * 10_000)
const seed = Number(process.env.RULE_SEED ?? anySeed)
const path = process.env.RULE_PATH
/** Stories that happen at the same time, each to a shop in a tenant of its own. */
const LANES = path === undefined ? 2 : 1

// Replies that are lost are logged; here they are meant to be.
for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined)
}

const lanes = await startRuleApps(LANES)

test(
  `whatever happens, groups hold whom their rules ask for (RULE_SEED=${seed})`,
  async () => {
    let lived = 0
    let [looks, held] = [0, 0]
    let failed = false
    await Promise.all(
      lanes.map(async (app, lane) => {
        const property = fc.asyncProperty(story, async (it) => {
          if (failed && process.env.RULE_HASTE) return
          const counts = await live(app, it)
          looks += counts.looks
          held += counts.held
          lived++
        })
        const laneSeed = seed + (path === undefined ? lane : 0)
        const result = await fc.check(property, {
          numRuns: Math.ceil(runs / LANES),
          seed: laneSeed,
          ...(path === undefined ? {} : { path }),
          endOnFailure: process.env.RULE_HASTE !== undefined,
        })
        if (!result.failed) return
        failed = true
        throw new Error(
          [
            `after ${lived} stories: RULE_SEED=${laneSeed} RULE_PATH=${result.counterexamplePath}`,
            String(result.errorInstance),
          ].join('\n'),
        )
      }),
    )
    expect(lived).toBeGreaterThanOrEqual(path === undefined ? runs : 1)
    // Rules that hold nobody would keep every promise.
    expect(held).toBeGreaterThan(0)
    console.log(`${lived} stories, ${looks} looks, ${held} memberships by rule`)
  },
  PATIENCE,
)
