import pg from 'pg'
import { expect, test } from 'vitest'
import { eventTypeMeanings } from '#core/event'
import { newId } from '#kernel/id'
import { type Answer, startTestApp } from '../support/app.ts'
import { caughtUp } from '../support/caught-up.ts'
import { freshDatabase } from '../support/database.ts'

const database = await freshDatabase()
const app = await startTestApp({ database })
const { call, tokens } = app

let people = 0
const register = async () => {
  const { body } = await call('POST', '/customer', {
    body: { email: `someone${++people}@example.com`, firstName: 'Some' },
  })
  return body.id as string
}
const rename = (id: string, firstName: string) =>
  call('PATCH', `/customer/${id}`, { body: { firstName } })

const idsOf = ({ body }: Answer): string[] => body.data.map(({ id }: { id: string }) => id)

/** What the feed answers when nothing holds it back. */
async function feed(query: string): Promise<Answer> {
  await caughtUp(database)
  return call('GET', `/event?${query}`)
}

/** Every page after an event, to the end. */
async function follow(query: string): Promise<{ ids: string[]; pages: number }> {
  await caughtUp(database)
  return followNow(query)
}

async function followNow(query: string): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = []
  let path = `/event?${query}`
  for (let pages = 1; ; pages++) {
    const page = await call('GET', path)
    expect(page.status).toBe(200)
    ids.push(...idsOf(page))
    const { nextCursor, hasMore } = page.body.pagination
    expect(hasMore).toBe(nextCursor !== null)
    if (nextCursor === null) return { ids, pages }
    const params = new URLSearchParams(query)
    params.set('after', nextCursor)
    path = `/event?${params}`
  }
}

async function lastEvent(): Promise<string> {
  await register()
  return (await follow('limit=100')).ids.at(-1) ?? ''
}

test('an event has exactly the fields of the contract', async () => {
  const before = await lastEvent()
  const id = await register()
  await rename(id, 'Other')
  const { body } = await feed(`after=${before}`)
  expect(body.data).toEqual([
    {
      id: expect.stringMatching(/^evt_/),
      type: 'customer.created',
      timestamp: expect.stringMatching(/Z$/),
      sequence: 1,
      actor: { type: 'service', id: expect.any(String) },
      requestId: expect.stringMatching(/^req_/),
      data: { customerId: id, customer: expect.objectContaining({ id, firstName: 'Some' }) },
    },
    expect.objectContaining({
      type: 'customer.updated',
      sequence: 2,
      data: expect.objectContaining({ customerId: id, changed: ['firstName'] }),
    }),
  ])
  expect(body.pagination).toEqual({ limit: 20, hasMore: false, nextCursor: null })
})

test('the feed goes on after an event or a cursor, and meets every event once', async () => {
  const before = await lastEvent()
  const made = [await register(), await register(), await register()]
  for (const id of made) await rename(id, 'Other')
  const { ids, pages } = await follow(`after=${before}&limit=2`)
  expect([new Set(ids).size, ids.length, pages]).toEqual([6, 6, 3])
  expect((await follow(`after=${ids[2]}`)).ids).toEqual(ids.slice(3))
  expect((await follow(`after=${ids[5]}`)).ids).toEqual([])
})

test('the feed can be narrowed to types and to one customer', async () => {
  const before = await lastEvent()
  const [first, second] = [await register(), await register()]
  await rename(first, 'Other')
  const typesOf = async (query: string) =>
    (await feed(`after=${before}&${query}`)).body.data.map(
      ({ type, data }: { type: string; data: { customerId: string } }) => [type, data.customerId],
    )
  expect(await typesOf('type=customer.updated')).toEqual([['customer.updated', first]])
  expect(await typesOf('type=customer.updated&type=customer.created')).toHaveLength(3)
  expect(await typesOf(`customer=${second}`)).toEqual([['customer.created', second]])
  expect(await typesOf(`customer=${second}&type=customer.updated`)).toEqual([])
})

test('a page of a rare type looks at a bounded number of events and still comes to the end', async () => {
  const before = await lastEvent()
  const id = await register()
  const client = new pg.Client(database)
  await client.connect()
  await client.query(
    `insert into event (tenant, id, customer_id, sequence, type, data, actor, at)
     select $1, 'evt_' || lpad(n::text, 26, '0'), $2, 1 + n, 'customer.updated', '{}', '{"type":"service","id":null}', now()
     from generate_series(1, 4500) n`,
    [app.tenant, id],
  )
  await client.end()
  const last = await register()
  const { ids, pages } = await follow(`after=${before}&type=customer.created`)
  expect([ids.length, pages]).toEqual([2, 3])
  expect((await feed(`customer=${last}`)).body.data).toHaveLength(1)
  expect((await follow(`after=${before}&limit=100`)).ids).toHaveLength(4502)
})

test('the feed loses nothing to commits that overtake each other', async () => {
  const before = await lastEvent()
  const [slow, fast] = [new pg.Client(database), new pg.Client(database)]
  await Promise.all([slow.connect(), fast.connect()])
  const write = (client: pg.Client, id: string) =>
    client.query(
      `insert into event (tenant, id, type, data, actor, at)
       values ($1, $2, 'webhook.disabled', '{}', '{"type":"system","id":null}', now())`,
      [app.tenant, id],
    )
  const [first, second] = [newId('event', new Date()), newId('event', new Date())]
  try {
    await slow.query('begin')
    await write(slow, first)
    await fast.query('begin')
    await write(fast, second)
    await fast.query('commit')
    expect((await followNow(`after=${before}`)).ids, 'the first may yet commit').toEqual([])
    const third = await register()
    expect((await followNow(`after=${before}`)).ids).toEqual([])
    await slow.query('commit')
    const { ids } = await follow(`after=${before}`)
    expect(ids.slice(0, 2)).toEqual([first, second])
    expect(idsOf(await call('GET', `/customer/${third}/event`))).toEqual(ids.slice(2))
  } finally {
    await Promise.all([slow.end(), fast.end()])
  }
})

test('what is not kept, not ours or of another list cannot be gone on from', async () => {
  const gone = await call('GET', `/event?after=${newId('event', new Date())}`)
  expect([gone.status, gone.body.code]).toEqual([404, 'event_not_found'])
  const ours = await lastEvent()
  const foreign = await call('GET', `/event?after=${ours}`, { token: tokens.stranger })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'event_not_found'])
  await register()
  const { body } = await feed('limit=1')
  const cursor = encodeURIComponent(body.pagination.nextCursor)
  for (const path of [
    `/event?after=${cursor}&type=customer.created`,
    `/event?after=x${cursor}`,
    `/customer/${newId('customer', new Date())}/event?cursor=${cursor}`,
  ]) {
    expect((await call('GET', path)).body.code).toBe('invalid_cursor')
  }
  for (const bad of ['type=customer.exploded', 'limit=0', 'customer=7', 'before=x']) {
    expect((await call('GET', `/event?${bad}`)).body.code, bad).toBe('invalid_input')
  }
})

test('the timeline of a customer begins with what happened last', async () => {
  const id = await register()
  for (const name of ['A', 'B', 'C', 'D']) await rename(id, name)
  const sequences: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? 'limit=2' : `limit=2&cursor=${encodeURIComponent(cursor)}`
    const { body } = await call('GET', `/customer/${id}/event?${query}`)
    sequences.push(...body.data.map(({ sequence }: { sequence: number }) => sequence))
    cursor = body.pagination.nextCursor
  }
  expect(sequences).toEqual([5, 4, 3, 2, 1])
})

test('an unknown customer has no timeline, for any caller', async () => {
  const id = await register()
  const foreign = await call('GET', `/customer/${id}/event`, { token: tokens.stranger })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'customer_not_found'])
  await call('DELETE', `/customer/${id}`)
  expect((await call('GET', `/customer/${id}/event`)).body.code).toBe('customer_not_found')
  expect((await follow(`customer=${id}`)).ids, 'the feed still tells').toHaveLength(2)
  const own = await app.shopperToken(await register())
  expect((await call('GET', '/customer/me/event', { token: own })).body.code).toBe(
    'caller_not_allowed',
  )
})

test('what is two events is counted once, as the table of events says', async () => {
  const [id, from] = [await register(), await register()]
  const order = (customer: string, version: number) =>
    call('PUT', `/customer/${customer}/order/o-1`, {
      body: {
        total: 100,
        currency: 'USD',
        state: 'paid',
        placedAt: '2024-06-01T08:00:00Z',
        version,
      },
    })
  const last = await lastEvent()
  await order(id, 1)
  await order(from, 2)
  const { body } = await call('POST', `/customer/${id}/merge`, { body: { from } })
  await call('POST', `/merge/${body.id}/undo`)
  const { data } = (await feed(`after=${last}&limit=100`)).body
  const of = (name: string) => data.filter(({ type }: { type: string }) => type === name)
  for (const name of ['customer.merged', 'customer.unmerged'] as const) {
    const both = of(name).map((event: { data: object }) => event.data)
    expect(both).toHaveLength(2)
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ mergeId: body.id, role: 'survivor', customerId: id }),
        expect.objectContaining({ mergeId: body.id, role: 'merged', customerId: from }),
      ]),
    )
    expect(eventTypeMeanings[name]).toContain('`role')
    expect(eventTypeMeanings[name]).toContain('`mergeId`')
  }
  const moves = of('customer.order_recorded').map(
    ({ data: { order: told } }: { data: { order: object } }) => 'movedTo' in told,
  )
  expect(moves.toSorted()).toEqual([false, false, true])
  expect(eventTypeMeanings['customer.order_recorded']).toContain('`order.movedTo`')
})
