import { expect, test } from 'vitest'
import { isJobDoneError } from '#core/context'
import { createDeliveriesOfEvents } from '#core/delivery'
import { completeJob, findJobPayload } from '#core/outbox'
import { newId } from '#kernel/id'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp } from '../support/app.ts'
import { seededRandom } from '../support/random.ts'
import { seed } from '../support/runs.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, tenant, runtime, queue } = app

const MINUTE = 60_000
let people = 0
const register = () =>
  call('POST', '/customer', { body: { email: `someone${++people}@example.com` } })

async function jobsLeft(): Promise<number> {
  const [found] = await app.db.run([
    sql`select count(*)::int as count from job where tenant = ${tenant}`,
  ])
  return Number(found?.[0]?.count)
}

test('an event that was sent is announced, and nothing is left to do', async () => {
  await register()
  expect(await jobsLeft()).toBe(1)
  await app.drain()
  expect(await jobsLeft()).toBe(0)
})

test('killed between commit and send: the event still arrives after the next cron', async () => {
  await register()
  await app.settled()
  queue.loseEverything()
  await app.cron()
  expect(queue.waiting, 'a job is given a minute before it is sent again').toBe(0)
  app.advance(MINUTE)
  await app.cron()
  expect(queue.waiting).toBe(1)
  await app.drain()
  expect(await jobsLeft()).toBe(0)
})

test('a queue that refuses is no failure of the request', async () => {
  queue.break()
  const { status } = await register()
  expect(status).toBe(201)
  await app.settled()
  expect(queue.waiting).toBe(0)
  app.advance(MINUTE)
  await app.cron()
  await app.drain()
  expect(await jobsLeft()).toBe(0)
})

test('a job that is relayed in vain waits longer each time', async () => {
  await register()
  await app.settled()
  const relays = []
  for (let minute = 0; minute < 20; minute++) {
    queue.loseEverything()
    await app.cron()
    if (queue.waiting > 0) relays.push(minute)
    app.advance(MINUTE)
  }
  expect(relays).toEqual([1, 3, 7, 15])
  await app.drain()
  app.advance(60 * MINUTE)
  await app.cron()
  await app.drain()
  expect(await jobsLeft()).toBe(0)
})

test('crons that run at once send a job once', async () => {
  await Promise.all(Array.from({ length: 5 }, register))
  await app.settled()
  queue.loseEverything()
  app.advance(MINUTE)
  await Promise.all([app.cron(), app.cron(), app.cron()])
  expect(queue.waiting).toBe(5)
  await app.drain()
})

test('a hostile queue: duplicates, any order, redelivery after ack, three consumers at once', async () => {
  queue.hostility = { random: seededRandom(seed), duplicates: 0.3, lostAcks: 0.3, consumers: 3 }
  await Promise.all(Array.from({ length: 40 }, register))
  await app.drain()
  queue.hostility = undefined
  expect(await jobsLeft(), `seed ${seed}`).toBe(0)
})

const ctx = () => systemContext(runtime, tenant, 'test')

async function leave(dueAt = new Date(ctx().now.getTime() + MINUTE)): Promise<string> {
  const id = newId('job', ctx().now)
  await app.db.run([
    sql`insert into job (tenant, id, kind, payload, due_at, created_at)
      values (${tenant}, ${id}, 'test', '{"about": "something"}', ${dueAt.toISOString()}::timestamptz, ${ctx().now.toISOString()}::timestamptz)`,
  ])
  return id
}

test('a job is taken by one commit; for every other there is nothing left to do', async () => {
  const id = await leave()
  expect(await findJobPayload(ctx(), id)).toEqual({ about: 'something' })
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => completeJob(ctx(), id)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(
    tries.every((end) => end.status === 'fulfilled' || isJobDoneError(end.reason)),
    'done, not failed',
  ).toBe(true)
  expect(await findJobPayload(ctx(), id)).toBeNull()
})

test('of a set, the jobs that are still to do are taken', async () => {
  const ids = [await leave(), await leave()]
  await completeJob(ctx(), ids[0] ?? '')
  await createDeliveriesOfEvents(ctx(), ids)
  expect(await findJobPayload(ctx(), ids[1] ?? '')).toBeNull()
})

test('a job with a time is sent when it has come', async () => {
  await leave(new Date(ctx().now.getTime() + 5 * MINUTE))
  await app.cron()
  expect(queue.waiting).toBe(0)
  app.advance(5 * MINUTE)
  await app.cron()
  expect(queue.waiting).toBe(1)
  queue.loseEverything()
})
