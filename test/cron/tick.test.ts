import { beforeEach, expect, test } from 'vitest'
import type { System } from '#core/context'
import type { Task } from '../../src/cron/task.ts'
import { tick } from '../../src/cron/tick.ts'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// The claims of all tenants stand in one table: a database of its own keeps the clocks of other tests out.
const app = await startTestApp({ database: await freshDatabase() })
const { runtime } = app

const MINUTE = 60_000
const scheduledTime = Date.UTC(2026, 0, 1)
const at = (minute: number, cron = 'each') => ({
  cron,
  scheduledTime: scheduledTime + minute * MINUTE,
  noRetry: () => undefined,
})

let ran: string[] = []
beforeEach(async () => {
  ran = []
  await app.db.run([sql`delete from tick`])
})

const task = (name: string, forAll: (system: System) => Promise<boolean>): Task => ({
  name,
  async forAll(system) {
    ran.push(name)
    return forAll(system)
  },
})
const quiet = (name: string) => task(name, async () => false)
const each = (...tasks: Task[]) => new Map([['each', tasks]])

test('cron that fires twice for one minute does its tasks once', async () => {
  const schedules = each(quiet('a'), quiet('b'))
  await Promise.all([
    tick(at(0), runtime, schedules),
    tick(at(0), runtime, schedules),
    tick(at(0), runtime, schedules),
  ])
  expect(ran.sort()).toEqual(['a', 'b'])
  await tick(at(1), runtime, schedules)
  expect(ran.sort()).toEqual(['a', 'a', 'b', 'b'])
})

test('a step is repeated while there may be more', async () => {
  let steps = 0
  await tick(at(0), runtime, each(task('a', async () => ++steps < 5)))
  expect(steps).toBe(5)
})

test('a task for each tenant runs in the context of each', async () => {
  const seen: string[] = []
  const forEach: Task = {
    name: 'a',
    async forEach(ctx) {
      seen.push(`${ctx.tenant} ${ctx.actor.type}`)
      return false
    },
  }
  await tick(at(0), runtime, each(forEach))
  expect(seen).toEqual([`${app.tenant} system`, `${app.otherTenant} system`])
})

test('a task that fails stops no other, is reported, and is done again when its lease is over', async () => {
  let broken = true
  const nightly = task('night', async () => {
    if (broken) throw new Error('broken')
    return false
  })
  const schedules = new Map([
    ['nightly', [nightly, quiet('other')]],
    ['each', [quiet('a')]],
  ])
  await expect(tick(at(0, 'nightly'), runtime, schedules)).rejects.toThrow('1 of 2 tasks failed')
  expect(ran).toEqual(['night', 'other'])
  broken = false
  await tick(at(1), runtime, schedules)
  expect(ran).toEqual(['night', 'other', 'a'])
  app.advance(17 * MINUTE)
  await tick(at(17), runtime, schedules)
  expect(ran.slice(3).sort()).toEqual(['a', 'night'])
  await tick(at(18), runtime, schedules)
  expect(ran.slice(5)).toEqual(['a'])
})

test('a run that dies with its claim is followed by another', async () => {
  const dying = task('a', async () => {
    app.wire.faults.add({ at: 'before', do: 'cut' })
    return false
  })
  await expect(tick(at(0), runtime, each(dying))).rejects.toThrow()
  app.advance(17 * MINUTE)
  await tick(at(17), runtime, each(quiet('a')))
  expect(ran).toEqual(['a', 'a'])
  await Promise.all([tick(at(0), runtime, each(quiet('a')))])
  expect(ran, 'both moments are done').toEqual(['a', 'a'])
})

test('what a task leaves to be done is sent', async () => {
  const leaves = task('a', async ({ outcome }) => {
    outcome.jobs.push({ tenant: app.tenant, id: 'job_1', kind: 'test' })
    return false
  })
  await tick(at(0), runtime, each(leaves))
  expect(app.sent.at(-1)).toEqual({ tenant: app.tenant, id: 'job_1', kind: 'test' })
})

test('a schedule that nobody knows is our own mistake', async () => {
  await expect(tick(at(0, '0 0 1 1 *'), runtime)).rejects.toThrow('no task for the schedule')
})

test('the night forgets old claims and the keys that cannot be asked for again, in bounded steps', async () => {
  await app.db.run([
    sql`insert into tick (task, scheduled_at, leased_until, done_at)
      select 'old', now() - interval '4 days' - n * interval '1 minute', now(), now() from generate_series(1, 2500) n`,
    sql`insert into idempotency (tenant, scope, key, fingerprint, answer, created_at)
      select ${app.tenant}, 'old', n::text, '', '{}', now() - interval '3 days' from generate_series(1, 1500) n`,
  ])
  const headers = { 'Idempotency-Key': 'kept' }
  await app.call('POST', '/customer', { body: { email: 'kept@example.com' }, headers })
  await app.cron('17 3 * * *')
  const [left] = await app.db.run([
    sql`select (select count(*) from tick where task = 'old')::int as ticks, (select count(*) from idempotency)::int as keys`,
  ])
  expect(left).toEqual([{ ticks: 0, keys: 1 }])
})
