import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { carryOut, judgeChanged } from '#core/rule'
import { performers } from '../../../src/queue/perform.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { query } from '../../support/rows.ts'
import { runs as runsOf } from '../../support/runs.ts'
import { MAX_ADDRESSES } from '../world.ts'
import { story } from './command.ts'
import { live } from './story.ts'
import { SMALL } from './world.ts'

const runs = Number(process.env.RULE_RUNS ?? runsOf(24, 1000))
const seed = Number(process.env.RULE_SEED ?? Date.now() % 1_000_000)
const path = process.env.RULE_PATH
/** Stories that happen at the same time, each to a shop in a tenant of its own. */
const LANES = path === undefined ? 4 : 1

// Replies that are lost are logged; here they are meant to be.
for (const level of ['error', 'warn'] as const) {
  vi.spyOn(console, level).mockImplementation(() => undefined)
}

const inSmallBatches = new Map(performers)
  .set('carry_out', { alone: (ctx, job) => carryOut(ctx, job, SMALL) })
  .set('judge', { together: (ctx, jobs) => judgeChanged(ctx, jobs, SMALL) })

const database = await atHome(await freshDatabase())

const lanes = await Promise.all(
  Array.from({ length: LANES }, () =>
    startTestApp({
      database,
      frozen: true,
      performers: inSmallBatches,
      settings: {
        max_addresses: MAX_ADDRESSES,
        require_email_verification: true,
        metadata_service_keys: ['tier'],
        metadata_filter_keys: ['color'],
      },
    }),
  ),
)

test(`whatever happens, groups hold whom their rules ask for (RULE_SEED=${seed})`, async () => {
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
})

/**
 * A database whose sessions are in a zone with summer time, and whose key signs for all years to come: stories last longer than the
 * keys of a real shop.
 */
async function atHome(database: string): Promise<string> {
  const { pathname } = new URL(database)
  await query(`alter database ${pathname.slice(1)} set timezone to 'Europe/Berlin'`, [], database)
  await query(`update signing_key set expires_at = '9999-01-01'`, [], database)
  return database
}
