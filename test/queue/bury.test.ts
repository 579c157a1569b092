import { expect, test } from 'vitest'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { runs } from '../support/runs.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { runtime, tenant, queue, call } = app

const letters = async (of = tenant) => {
  const [found = []] = await app.db.run([
    sql`select kind, subject, body, payload, attempts from dead_letter where tenant = ${of} order by kind, subject`,
  ])
  return found
}

const bury = (bodies: readonly unknown[], prefix = '') => {
  const { batch, settled } = batchOf(bodies, { queue: 'customer-dead', prefix })
  return receive(batch, runtime).then(() => settled)
}

test('what no consumer understands is kept after the last try, once', async () => {
  queue.send('customer', [{ body: { tenant, id: 'x1', kind: 'frobnicate' } }])
  for (let tries = 0; tries <= 11; tries++) {
    await app.drain()
    app.advance(3_600_000)
  }
  expect(queue.waiting).toBe(0)
  expect(await letters()).toMatchObject([{ kind: 'frobnicate', subject: 'x1', payload: null }])
})

test('a buried job is no longer relayed, and its letter keeps what it was about', async () => {
  await call('POST', '/customer', { body: { email: 'buried@example.com' } })
  await app.settled()
  queue.loseEverything()
  const message = app.sent.at(-1)
  expect(await bury([message, message])).toEqual({ m0: 'ack', m1: 'ack' })
  expect(await bury([message])).toEqual({ m0: 'ack' })
  const kept = (await letters()).filter(({ kind }) => kind === 'announce')
  expect(kept).toMatchObject([
    { subject: message?.id, body: message, payload: { event: expect.stringMatching(/^evt_/) } },
  ])
  app.advance(3_600_000)
  await app.cron()
  expect(queue.waiting).toBe(0)
})

test('a job that was done meanwhile leaves no letter', async () => {
  await call('POST', '/customer', { body: { email: 'done@example.com' } })
  await app.drain()
  const before = (await letters()).length
  expect(await bury([app.sent.at(-1)])).toEqual({ m0: 'ack' })
  expect(await letters()).toHaveLength(before)
})

test('a letter that Postgres does not take is kept as text, and its neighbours as they are', async () => {
  const name = `no_${tenant}`
  await app.db.run([
    sql`alter table dead_letter add constraint ${sql.identifier(name)} check (subject <> ${sql.raw(`'odd-${tenant}'`)})`,
  ])
  const odd = { tenant, id: `odd-${tenant}`, kind: 'frobnicate' }
  const bodies = [
    { tenant, id: 'n1', kind: 'frobnicate' },
    odd,
    { tenant, id: 'n2', kind: 'frobnicate' },
  ]
  expect(Object.values(await bury(bodies, name))).toEqual(['ack', 'ack', 'ack'])
  await app.db.run([sql`alter table dead_letter drop constraint ${sql.identifier(name)}`])
  const kept = await letters()
  expect(kept.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['n1', 'n2']))
  expect(kept).toContainEqual(
    expect.objectContaining({
      kind: 'unreadable',
      subject: `${name}m1`,
      body: JSON.stringify(odd),
    }),
  )
})

test('many messages of the largest size are kept, and are listed on as many pages as they need', async () => {
  const large = { tenant, text: '\u0000'.repeat(60_000) }
  const many = runs(25, 100)
  const settled = await bury(
    Array.from({ length: many }, () => large),
    'large',
  )
  expect(Object.values(settled)).toEqual(Array.from({ length: many }, () => 'ack'))
  let found = 0
  let pages = 0
  for (let cursor: string | null = ''; cursor !== null; pages++) {
    const { body, text } = await call(
      'GET',
      `/dead-letter?limit=100${cursor && `&cursor=${cursor}`}`,
    )
    expect(text.length).toBeLessThan(8_000_000)
    found += body.data.filter(
      ({ message }: { message: unknown }) => JSON.stringify(message).length > 60_000,
    ).length
    cursor = body.pagination.nextCursor
  }
  expect([found, pages > many / 10]).toEqual([many, true])
  await app.db.run([
    sql`delete from dead_letter where tenant = ${tenant} and subject like 'large%'`,
  ])
})

test('a database that does not answer sends dead letters back to their queue', async () => {
  app.wire.faults.add({ at: 'before', do: 'cut' }, { at: 'before', do: 'cut' })
  expect(await bury(['one'])).toEqual({ m0: { retry: 5 } })
  app.wire.faults.clear()
})

test('a wake-up has no row and is kept, once, however often it is given up', async () => {
  const wake = { tenant, id: 'whk_1', kind: 'deliver' }
  expect(await bury([wake, wake])).toEqual({ m0: 'ack', m1: 'ack' })
  expect(await bury([wake])).toEqual({ m0: 'ack' })
  expect((await letters()).filter(({ kind }) => kind === 'deliver')).toMatchObject([
    { subject: 'whk_1', body: wake, payload: null },
  ])
})

test('a queue without a consumer is our own mistake', async () => {
  const { batch } = batchOf(['one'], { queue: 'other' })
  await expect(receive(batch, runtime)).rejects.toThrow('no consumer')
})
