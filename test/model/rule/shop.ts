import { carryOutGroupTask, judgeCustomersOfJobs } from '#core/rule'
import { performers } from '../../../src/queue/performers.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { query } from '../../support/rows.ts'
import { MAX_ADDRESSES } from '../world.ts'
import { SMALL } from './world.ts'

const inSmallBatches = new Map(performers)
  .set('carry_out', { alone: (ctx, job) => carryOutGroupTask(ctx, job, SMALL) })
  .set('judge', { together: (ctx, jobs) => judgeCustomersOfJobs(ctx, jobs, SMALL) })

/** Apps whose rules are carried out in small batches, over a database that is far from UTC. Only `advance` moves their clocks. */
export async function startRuleApps(apps: number): Promise<TestApp[]> {
  const database = await freshDatabase()
  const { pathname } = new URL(database)
  // Its sessions are in a zone with summer time, and its key signs in all years: stories last longer than a key.
  await query(`alter database ${pathname.slice(1)} set timezone to 'Europe/Berlin'`)
  await query(
    `update signing_key set signs_from = '2000-01-01', expires_at = '9999-01-01'`,
    [],
    database,
  )
  return Promise.all(
    Array.from({ length: apps }, () =>
      startTestApp({
        database,
        frozen: true,
        sessions: 3,
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
}
