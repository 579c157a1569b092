import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { seededRandom } from '../support/random.ts'
import { seed } from '../support/runs.ts'
import { until } from '../support/until.ts'

const [database, elsewhere] = [await freshDatabase(), await freshDatabase()]
const app = await startTestApp({ database })
const { call } = app

const clients: pg.Client[] = []
afterAll(() => Promise.all(clients.map((client) => client.end().catch(() => undefined))))

async function connected(url = database): Promise<pg.Client> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}

const append = (client: pg.Client, id = newId('event', new Date())) =>
  client
    .query(
      `insert into event (tenant, id, type, data, actor, at)
       values ($1, $2, 'webhook.disabled', '{}', '{"type":"system","id":null}', now())`,
      [app.tenant, id],
    )
    .then(() => id)

/** Every event after one, to the end. */
async function follow(after: string): Promise<string[]> {
  const ids: string[] = []
  for (let next: string | null = after; next !== null; ) {
    const { body } = await call('GET', `/event?limit=100&after=${encodeURIComponent(next)}`)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    next = body.pagination.nextCursor
  }
  return ids
}

const own = await connected()
const begin = () => append(own)
const readiness = async () => (await call('GET', '/readyz', { token: null })).body

describe('the feed goes on while a transaction is open', () => {
  test.each([
    ['in another database', elsewhere, `create table mark (id int)`],
    ['in another database, and writes events there', elsewhere, null],
    ['that only reads', database, `select count(*) from event`],
    ['that writes another table', database, `create table other_tool (id int)`],
    ['that locks events', database, `select from event for update`],
    [
      'that holds advisory locks of its own',
      database,
      `select pg_advisory_xact_lock_shared(1), pg_advisory_xact_lock(25974::bigint << 48)`,
    ],
  ])('%s', async (_, url, statement) => {
    const before = await begin()
    const client = await connected(url)
    await client.query('begin isolation level repeatable read')
    await client.query('select pg_current_xact_id()')
    if (statement === null) await append(client)
    else await client.query(statement)
    const { body } = await call('POST', '/customer', {
      body: { email: `${crypto.randomUUID()}@example.com` },
    })
    const ids = await follow(before)
    expect(ids).toHaveLength(1)
    expect((await call('GET', `/customer/${body.id}/event`)).body.data[0].id).toBe(ids[0])
    expect(await readiness()).toEqual({ status: 'ok' })
    await client.query('rollback')
  })
})

describe('the feed waits for a transaction that writes events', () => {
  test('until it ends, and loses nothing', async () => {
    const before = await begin()
    const writer = await connected()
    await writer.query('begin')
    const held = await append(writer)
    const later = await append(own)
    expect(await follow(before)).toEqual([])
    await writer.query('commit')
    expect(await follow(before)).toEqual([held, later])
  })

  test('also if it wrote its events after a part of it was taken back', async () => {
    const before = await begin()
    const writer = await connected()
    await writer.query('begin; savepoint part')
    await append(writer)
    await writer.query('rollback to part')
    const later = await append(own)
    expect(await follow(before), 'it holds nothing back now').toEqual([later])
    const held = await append(writer)
    const last = await append(own)
    expect(await follow(before)).toEqual([later])
    await writer.query('commit')
    expect(await follow(before)).toEqual([later, held, last])
  })

  test('and not for one that is rolled back', async () => {
    const before = await begin()
    const writer = await connected()
    await writer.query('begin')
    await append(writer)
    const later = await append(own)
    await writer.query('rollback')
    expect(await follow(before)).toEqual([later])
  })

  test('that is ended after thirty seconds; the sessions after it are not', async () => {
    const writer = await connected()
    const timeout = async () => (await writer.query('show transaction_timeout')).rows[0]
    await writer.query('begin')
    await append(writer)
    expect(await timeout()).toEqual({ transaction_timeout: '30s' })
    await writer.query('commit')
    expect(await timeout()).toEqual({ transaction_timeout: '0' })
  })

  test('whose age is shown by GET /readyz', async () => {
    const writer = await connected()
    await writer.query(`begin; set local transaction_timeout = '1h'`)
    await append(writer)
    let age: number | undefined
    await until(async () => {
      age = (await readiness()).oldestWriterSeconds
      return age !== undefined
    }, 100)
    expect(age).toBeGreaterThanOrEqual(1)
    await writer.query('rollback')
    expect(await readiness()).toEqual({ status: 'ok' })
  })
})

test("a customer's events come in their order, whichever transaction began first", async () => {
  const { body } = await call('POST', '/customer', { body: { email: 'order@example.com' } })
  const early = await connected()
  await early.query('begin; select pg_current_xact_id()')
  await call('PATCH', `/customer/${body.id}`, { body: { firstName: 'First' } })
  const write = (sequence: number) =>
    early.query(
      `insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
       values ($1, 'evt_0', $2, $3, 'customer.updated', '{}', '{"type":"system","id":null}', now())`,
      [app.tenant, body.id, sequence],
    )
  await write(3)
  await early.query('commit')
  const page = await call('GET', `/event?customer=${body.id}`)
  expect(page.body.data.map(({ sequence }: { sequence: number }) => sequence)).toEqual([1, 2, 3])
})

test('a reader meets every event once, while many transactions write, wait, give up and overtake each other', async () => {
  const random = seededRandom(seed)
  const before = await begin()
  const committed = new Set<string>()
  const writers = await Promise.all(Array.from({ length: 8 }, () => connected()))
  const write = async (client: pg.Client) => {
    for (let round = 0; round < 25; round++) {
      await client.query('begin')
      if (random() < 0.5) await client.query('select pg_current_xact_id()')
      const ids: string[] = []
      for (let n = 0; n < 1 + random() * 3; n++) {
        if (random() < 0.2) {
          await client.query('savepoint part')
          await append(client)
          await client.query('rollback to part')
        }
        ids.push(await append(client))
      }
      const end = random() < 0.2 ? 'rollback' : 'commit'
      await client.query(end)
      if (end === 'commit') for (const id of ids) committed.add(id)
    }
  }
  let writing = true
  const seen: string[] = []
  const read = async () => {
    for (let last = before, ends = 0; ends < 2; ) {
      if (!writing) ends++
      const { body } = await call('GET', `/event?limit=100&after=${last}`)
      const ids = body.data.map(({ id }: { id: string }) => id)
      seen.push(...ids)
      last = ids.at(-1) ?? last
    }
  }
  const reading = read()
  await Promise.all(writers.map(write))
  writing = false
  await reading
  const rest = await follow(seen.at(-1) ?? before)
  const all = [...seen, ...rest]
  expect(new Set(all).size, `twice, seed ${seed}`).toBe(all.length)
  expect(new Set(all), `lost, seed ${seed}`).toEqual(committed)
})
