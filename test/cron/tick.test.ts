import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SystemContext } from '#core/context'
import { runDueTasks } from '../../src/cron/run-due-tasks.ts'
import { dailyScheduleAt, eachMinuteSchedule } from '../../src/cron/schedule.ts'
import type { Task } from '../../src/cron/task.ts'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// Each test begins with an empty table: a database of its own keeps the clocks of other tests out.
const app = await startTestApp({ database: await freshDatabase() })
const { runtime, tenant, otherTenant } = app

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
// The first minute is the service's own time, noon of its day.
const noon = Math.ceil(runtime.now().getTime() / DAY) * DAY + DAY / 2
app.advance(noon - runtime.now().getTime())

let ran: string[] = []
beforeEach(async () => {
  ran = []
  await app.db.run([sql`delete from tick`])
})

afterEach(() => void vi.restoreAllMocks())

const run = (minute: number, tasks: readonly Task[]) =>
  runDueTasks({ scheduledTime: noon + minute * MINUTE }, runtime, tasks)

/** A task for both tenants at once, which is repeated for each of them alone. */
const task = (name: string, forAll: (system: SystemContext) => Promise<boolean>): Task => ({
  name,
  next: eachMinuteSchedule,
  rest: 1,
  async forAll(system) {
    ran.push(name)
    return forAll(system)
  },
})
const quiet = (name: string) => task(name, async () => false)
const broken = (name: string) =>
  task(name, async () => {
    throw new Error('broken')
  })
const nightly = (one: Task): Task => ({ ...one, next: dailyScheduleAt(3, 17) })

const dueAt = async () => {
  const [rows = []] = await app.db.run([
    sql`select distinct task, due_at from tick where tenant = ${tenant} order by task`,
  ])
  return Object.fromEntries(rows.map((row) => [row.task, new Date(String(row.due_at)).getTime()]))
}

test('cron that fires twice for one minute does its tasks once', async () => {
  const tasks = [quiet('a'), quiet('b')]
  await Promise.all([run(0, tasks), run(0, tasks), run(0, tasks)])
  await run(0, tasks)
  expect(ran.sort()).toEqual(['a', 'b'])
  await run(1, tasks)
  expect(ran.sort()).toEqual(['a', 'a', 'b', 'b'])
})

test('a step is repeated while there may be more', async () => {
  const left = new Map([
    [tenant, 4],
    [otherTenant, 1],
  ])
  const steps: string[] = []
  const forEach: Task = {
    name: 'a',
    next: eachMinuteSchedule,
    rest: 1,
    async forEach(ctx) {
      steps.push(`${ctx.tenant} ${ctx.actor.type}`)
      const more = (left.get(ctx.tenant) ?? 0) - 1
      left.set(ctx.tenant, more)
      return more > 0
    },
  }
  await run(0, [forEach])
  expect(steps.filter((step) => step === `${tenant} system`)).toHaveLength(4)
  expect(steps.filter((step) => step === `${otherTenant} system`)).toHaveLength(1)
})

test('a task for all has one step for all, and one for each where there is more', async () => {
  const steps: string[][] = []
  const many = task('a', async ({ tenants }) => {
    steps.push([...tenants.keys()])
    return steps.length === 1 || (steps.length === 2 && tenants.size === 1)
  })
  await run(0, [many])
  const [all, first = []] = steps
  expect(all?.toSorted()).toEqual([otherTenant, tenant].sort())
  expect(steps.slice(1).map(({ length }) => length)).toEqual([1, 1, 1])
  expect(steps.at(-1)).toEqual(steps[1])
  expect(first).not.toEqual(steps[2])
})

test('a tenant for whom a task fails stops nobody else, and is tried again in the next minute', async () => {
  let isBroken = true
  const served: string[] = []
  const one = task('a', async ({ tenants }) => {
    if (isBroken && tenants.has(tenant)) throw new Error('broken')
    served.push(...tenants.keys())
    return false
  })
  await expect(run(0, [one, quiet('b')])).rejects.toThrow('1 of 2 tasks failed')
  expect(served).toEqual([otherTenant])
  expect(ran).toContain('b')
  isBroken = false
  await run(1, [one])
  expect(served.slice(1).sort()).toEqual([otherTenant, tenant].sort())
})

test('a run that dies is followed by another when its lease is over', async () => {
  const dying = task('a', async () => {
    app.wire.faults.add({ at: 'before', do: 'cut' })
    return false
  })
  await expect(run(0, [dying])).rejects.toThrow()
  await run(1, [quiet('a')])
  expect(ran, 'somebody may still be at it').toEqual(['a'])
  app.advance(3 * MINUTE)
  await run(3, [quiet('a')])
  await run(3, [quiet('a')])
  expect(ran).toEqual(['a', 'a'])
})

test('a night is done once a day, and one that was missed or failed by a later minute', async () => {
  const night = (day: number, minutes = 0) => 3 * 60 + 17 - 12 * 60 + minutes + day * 24 * 60
  const tasks = [nightly(quiet('a'))]
  await run(0, tasks)
  await run(1, tasks)
  await run(night(1, -1), tasks)
  expect(ran, 'what was never done is done at once').toHaveLength(1)
  await run(night(1), tasks)
  await run(night(1, 1), tasks)
  expect(ran).toHaveLength(2)
  await run(night(4, 90), tasks)
  await run(night(4, 91), tasks)
  expect(ran, 'three nights that were missed are one').toHaveLength(3)
  await expect(run(night(5), [nightly(broken('a'))])).rejects.toThrow('1 of 1 tasks failed')
  ran = []
  await run(night(5, 1), tasks)
  expect(ran).toHaveLength(1)
  expect(await dueAt()).toEqual({ a: noon + night(6) * MINUTE })
})

test('a task that is behind is in GET /readyz and once in the log, and so is its end in the log', async () => {
  const [warn, info] = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')]
  const lines = () =>
    [...warn.mock.calls, ...info.mock.calls]
      .map(([line]) => JSON.parse(String(line)))
      .filter(({ task }) => task === 'a')
      .map(({ message, since, tenants }) => [message, since, tenants])
  const readiness = async () => (await app.call('GET', '/readyz', { token: null })).body
  const since = new Date(runtime.now().getTime() - (runtime.now().getTime() % MINUTE)).toISOString()
  const first = (new Date(since).getTime() - noon) / MINUTE
  const failing = [broken('a'), quiet('b')]
  for (let minute = 0; minute < 9; minute++) {
    await expect(run(first + minute, failing)).rejects.toThrow('1 of 2 tasks failed')
    app.advance(MINUTE)
    if (minute === 3) expect(await readiness()).toEqual({ status: 'ok' })
  }
  expect(lines()).toEqual([['task is behind', since, 2]])
  expect(await readiness()).toEqual({ status: 'ok', behind: [{ task: 'a', since }] })
  await run(first + 9, [quiet('a'), quiet('b')])
  expect(await readiness()).toEqual({ status: 'ok' })
  expect(lines()[1]).toEqual(['task has caught up', since, 2])
  app.advance(7 * MINUTE)
  const { behind } = await readiness()
  expect(behind, 'a cron that does not run').toMatchObject([{ task: 'a' }, { task: 'b' }])
})

test('a task that no release has any more is forgotten', async () => {
  await run(0, [quiet('a'), quiet('b')])
  await run(1, [quiet('b')])
  expect(Object.keys(await dueAt())).toEqual(['a', 'b'])
  app.advance(61 * MINUTE)
  await run(2, [quiet('b')])
  expect(Object.keys(await dueAt())).toEqual(['b'])
})

test('what a task leaves to be done is sent', async () => {
  const leaves = task('a', async ({ outcome }) => {
    outcome.jobs.push({ tenant, id: 'job_1', kind: 'test' })
    return false
  })
  await run(0, [leaves])
  expect(app.sent.at(-1)).toEqual({ tenant, id: 'job_1', kind: 'test' })
})

test('the night forgets the keys that cannot be asked for again, in bounded steps', async () => {
  await app.db.run([
    sql`insert into idempotency (tenant, scope, key, fingerprint, answer, created_at)
      select ${tenant}, 'old', n::text, '', '{}', now() - interval '3 days' from generate_series(1, 1500) n`,
  ])
  const headers = { 'Idempotency-Key': 'kept' }
  await app.call('POST', '/customer', { body: { email: 'kept@example.com' }, headers })
  await app.cron('17 3 * * *')
  const [left] = await app.db.run([sql`select count(*)::int as keys from idempotency`])
  expect(left).toEqual([{ keys: 1 }])
})
