import { afterEach, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { type Behaviour, startReceiver } from '../support/receiver.ts'
import {
  DAY,
  deliveriesOf,
  HOUR,
  MINUTE,
  register,
  SECOND,
  subscribe,
  verify,
} from '../support/webhook.ts'

const receiver = await startReceiver()
const app = await startTestApp({
  development: true,
  fetch: receiver.fetch,
  settings: { event_retention_days: 60 },
})
const { call, tokens } = app

/** No test's endpoints get in the way of another's. */
afterEach(async () => {
  for (const { id } of (await call('GET', '/webhook?limit=100')).body.data) {
    await call('DELETE', `/webhook/${id}`)
  }
  app.queue.loseEverything()
})

let paths = 0
/** An endpoint of its own, and what has come to it. */
async function endpoint(events?: string[]) {
  const path = `/${++paths}`
  const { id, secret } = await subscribe(app, receiver.url + path, events)
  return {
    id,
    secret,
    path,
    received: () => receiver.at(path),
    shown: async () => (await deliveriesOf(app, id))[0],
    due: async () => {
      const next = (await deliveriesOf(app, id))[0]?.nextAttemptAt
      return next == null ? null : new Date(next)
    },
    webhook: async () => (await call('GET', `/webhook/${id}`)).body,
  }
}

const answer =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end('no')

/** Lets time pass a step at a time, as the minutes' cron and the queue would. */
async function pass(ms: number, step = MINUTE) {
  for (let passed = 0; passed < ms; passed += step) {
    app.advance(step)
    await app.cron()
    await app.drain()
  }
}

test('an event reaches those who asked for it, signed, as the feed shows it', async () => {
  const [all, updates] = [await endpoint(), await endpoint(['customer.updated'])]
  const id = await register(app)
  await app.drain()
  const [message] = all.received()
  const [event] = (await call('GET', `/customer/${id}/event`)).body.data
  expect(JSON.parse(message?.body ?? '')).toEqual(event)
  expect(verify(all.secret, message ?? { body: '', headers: {} })).toEqual(event)
  expect(message?.headers).toMatchObject({
    'webhook-id': event.id,
    'content-type': 'application/json',
  })
  expect(() =>
    verify(all.secret, { body: `${message?.body} `, headers: message?.headers ?? {} }),
  ).toThrow()
  expect(() => verify(updates.secret, message ?? { body: '', headers: {} })).toThrow()
  expect(updates.received()).toEqual([])
  expect(await all.shown()).toMatchObject({
    eventId: event.id,
    type: 'customer.created',
    status: 'delivered',
    attempts: 1,
    nextAttemptAt: null,
    error: null,
    response: { status: 200, body: 'thank you' },
  })
  expect((await all.webhook()).lastAttempt).toMatchObject({ status: 200, error: null })
})

test('deliveries can be narrowed to a status, and what is not ours is not there', async () => {
  const it = await endpoint()
  await register(app)
  await app.drain()
  const list = (status: string) =>
    call('GET', `/webhook/${it.id}/delivery?status=${status}&count=exact`)
  expect((await list('delivered')).body.pagination).toMatchObject({ total: 1, totalIsExact: true })
  expect((await list('failed')).body.data).toEqual([])
  expect((await list('lost')).body.code).toBe('invalid_input')
  const shown = await it.shown()
  for (const [path, code] of [
    [`/delivery/${shown?.id}/retry`, 'delivery_not_found'],
    [`/event/${shown?.eventId}/replay`, 'event_not_found'],
  ]) {
    const foreign = await call('POST', path ?? '', { token: tokens.stranger })
    expect([foreign.status, foreign.body.code]).toEqual([404, code])
  }
  const unknown = await call('POST', `/event/${shown?.eventId}/replay`, {
    body: { webhook: newId('webhook', new Date()) },
  })
  expect(unknown.body.code).toBe('webhook_not_found')
  await call('DELETE', `/webhook/${it.id}`)
  expect((await call('POST', `/delivery/${shown?.id}/retry`)).body.code).toBe('delivery_not_found')
  expect((await call('POST', `/delivery/${newId('delivery', new Date())}/retry`)).status).toBe(404)
  expect((await call('POST', '/delivery/x/retry')).status).toBe(404)
})

test('a failing endpoint is tried ten times over 75 hours, under one id, then no more', async () => {
  const it = await endpoint()
  receiver.on(it.path, answer(500))
  await register(app)
  await app.drain()
  for (let due = await it.due(); due !== null; due = await it.due()) {
    app.advance(due.getTime() - app.runtime.now().getTime() + SECOND)
    await app.cron()
    await app.drain()
  }
  const times = it.received().map(({ headers }) => Number(headers['webhook-timestamp']))
  const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  const scheduled = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
  expect(waits).toHaveLength(scheduled.length)
  for (const [at, wait] of waits.entries()) {
    const due = scheduled[at] ?? 0
    expect(wait).toBeGreaterThanOrEqual(due)
    expect(wait).toBeLessThanOrEqual(due * 1.1 + 3)
  }
  expect(new Set(it.received().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await it.shown()).toMatchObject({
    status: 'failed',
    attempts: 10,
    nextAttemptAt: null,
    error: 'status',
    response: { status: 500, body: 'no' },
  })
})

test('an endpoint that recovers gets what it missed, and is no longer failing', async () => {
  const it = await endpoint()
  receiver.on(it.path, answer(503))
  await register(app)
  await app.drain()
  expect((await it.webhook()).failingSince).not.toBeNull()
  expect(await it.shown()).toMatchObject({ status: 'pending', attempts: 1, error: 'status' })
  receiver.off(it.path)
  app.advance(6 * SECOND)
  await app.drain()
  expect(await it.shown()).toMatchObject({ status: 'delivered', attempts: 2, error: null })
  expect((await it.webhook()).failingSince).toBeNull()
})

test('410 disables at once, and says so to the others', async () => {
  const [gone, operator] = [await endpoint(), await endpoint(['webhook.disabled'])]
  receiver.on(gone.path, answer(410))
  await register(app)
  await app.drain()
  expect(await gone.webhook()).toMatchObject({ status: 'disabled', disabledReason: 'gone' })
  expect(await gone.shown()).toMatchObject({ status: 'failed', attempts: 1 })
  expect(operator.received().map(({ body }) => JSON.parse(body))).toMatchObject([
    {
      type: 'webhook.disabled',
      sequence: null,
      actor: { type: 'system' },
      data: { webhookId: gone.id, reason: 'gone' },
    },
  ])
  await register(app)
  await app.drain()
  expect(gone.received(), 'a disabled endpoint gets nothing').toHaveLength(1)
})

test('five days without an arrival disable; enabling again begins anew, and a replay fills the gap', async () => {
  const [dead, operator] = [await endpoint(), await endpoint(['webhook.*'])]
  receiver.on(dead.path, answer(500))
  const before = app.runtime.now()
  await register(app)
  await app.drain()
  await pass(4 * DAY, 6 * HOUR)
  expect(await dead.webhook()).toMatchObject({ status: 'enabled' })
  await pass(DAY, 6 * HOUR)
  const waiting = await register(app)
  await app.drain()
  expect(await dead.webhook()).toMatchObject({ status: 'disabled', disabledReason: 'failing' })
  expect(JSON.parse(operator.received()[0]?.body ?? '').data).toEqual({
    webhookId: dead.id,
    reason: 'failing',
    failingSince: expect.stringMatching(/Z$/),
  })
  const missed = await register(app)
  await app.drain()
  const [last] = await deliveriesOf(app, dead.id)
  const retried = await call('POST', `/delivery/${last?.id}/retry`)
  expect([retried.status, retried.body.code]).toEqual([409, 'webhook_disabled'])
  const range = { after: before.toISOString() }
  const early = await call('POST', `/webhook/${dead.id}/replay`, { body: range })
  expect([early.status, early.body.code]).toEqual([409, 'webhook_disabled'])

  receiver.off(dead.path)
  await call('PATCH', `/webhook/${dead.id}`, { body: { status: 'enabled' } })
  await pass(2 * MINUTE)
  const customers = () =>
    new Set(dead.received().map(({ body }) => JSON.parse(body).data.customerId))
  expect(customers().has(waiting), 'what waited sets out again').toBe(true)
  expect(customers().has(missed)).toBe(false)
  await call('POST', `/webhook/${dead.id}/replay`, { body: range })
  await app.drain()
  expect(customers().has(missed)).toBe(true)
  expect(await dead.webhook()).toMatchObject({ status: 'enabled', failingSince: null })
})

test('an endpoint that asks for a pause gets one, and its other deliveries wait without a try', async () => {
  const it = await endpoint()
  receiver.on(it.path, answer(429, { 'Retry-After': '600' }))
  await Promise.all([register(app), register(app), register(app)])
  await app.drain()
  const tried = it.received().length
  expect(tried).toBeLessThanOrEqual(3)
  receiver.off(it.path)
  await pass(9 * MINUTE)
  expect(it.received()).toHaveLength(tried)
  await pass(3 * MINUTE)
  expect((await deliveriesOf(app, it.id)).map(({ status }) => status)).toEqual(
    Array(3).fill('delivered'),
  )
})

test('an overloaded gateway is left alone for half a minute', async () => {
  const it = await endpoint()
  receiver.on(it.path, answer(502))
  await register(app)
  await app.drain()
  receiver.off(it.path)
  app.advance(10 * SECOND)
  await app.drain()
  expect(it.received()).toHaveLength(1)
  app.advance(25 * SECOND)
  await app.drain()
  expect(it.received()).toHaveLength(2)
})

test('a redirect is not followed', async () => {
  const [it, trap] = [await endpoint(), await endpoint(['webhook.*'])]
  receiver.on(it.path, answer(307, { Location: receiver.url + trap.path }))
  await register(app)
  await app.drain()
  expect(trap.received()).toEqual([])
  expect(await it.shown()).toMatchObject({ error: 'redirect', response: { status: 307 } })
})

test('an endless answer is cut after a kilobyte, and counts by its status', async () => {
  const it = await endpoint()
  receiver.on(it.path, (response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write('é\u0000'.repeat(10_000)));
    }
    response.on('drain', pour)
    pour()
  })
  await register(app)
  await app.drain()
  const shown = await it.shown()
  expect([shown?.status, shown?.response?.status]).toEqual(['delivered', 200])
  expect(Buffer.from(shown?.response?.body ?? '').length).toBeLessThan(2048)
  expect(shown?.response?.body).toMatch(/^(é\ufffd){300,}/)
})

test('an answer whose body never comes, or breaks off, counts by its status', async () => {
  const [hangs, breaks] = [await endpoint(), await endpoint()]
  receiver.hang(hangs.path, 'wait')
  receiver.on(breaks.path, (response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('half')
    setImmediate(() => response.destroy())
  })
  await register(app)
  await app.drain()
  expect(await hangs.shown()).toMatchObject({ status: 'delivered', response: { body: 'wait' } })
  expect(await breaks.shown()).toMatchObject({ status: 'delivered' })
})

test('a receiver that hangs, hangs up or is not there is tried again; nothing is known of an answer', async () => {
  const [silent, rude] = [await endpoint(), await endpoint()]
  const nobody = await subscribe(app, 'http://localhost:1/')
  const unknown = await subscribe(app, 'https://nobody.example/')
  receiver.hang(silent.path)
  receiver.on(rude.path, (response) => void response.socket?.destroy())
  await register(app)
  await app.drain()
  expect(await silent.shown()).toMatchObject({ error: 'timeout', response: null, attempts: 1 })
  expect(await rude.shown()).toMatchObject({ error: 'unreachable', response: null })
  for (const { id } of [nobody, unknown]) {
    expect((await deliveriesOf(app, id))[0]).toMatchObject({
      error: 'unreachable',
      status: 'pending',
    })
  }
})

test('a slow endpoint never delays another, and none gets more at once than allowed', async () => {
  const [slow, quick] = [await endpoint(), await endpoint()]
  let open = 0
  let most = 0
  const held: (() => void)[] = []
  receiver.on(slow.path, (response) => {
    most = Math.max(most, ++open)
    held.push(() => {
      open--
      response.writeHead(200).end()
    })
  })
  const count = 12
  await Promise.all(Array.from({ length: count }, () => register(app)))
  await app.settled()
  let released = false
  receiver.on(quick.path, (response) => {
    response.writeHead(200).end()
    if (quick.received().length < count) return
    released = true
    const release = setInterval(() => {
      for (const letGo of held.splice(0)) letGo()
    }, 5)
    release.unref()
  })
  app.queue.hostility = { random: () => 0.5, duplicates: 0, lostAcks: 0, consumers: 4 }
  await app.drain()
  app.queue.hostility = undefined
  expect([released, most]).toEqual([true, 5])
  expect(slow.received()).toHaveLength(count)
})

test('however many wake up for an endpoint at once, each message is sent once', async () => {
  const it = await endpoint()
  const before = app.sent.length
  await Promise.all(Array.from({ length: 20 }, () => register(app)))
  await app.settled()
  await receive(batchOf(app.sent.slice(before)).batch, app.runtime)
  app.queue.loseEverything()
  const wake = { tenant: app.tenant, id: it.id, kind: 'deliver' }
  const ends = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { batch, settled } = batchOf([wake], { queue: 'customer-delivery' })
      await receive(batch, app.runtime)
      return settled.m0
    }),
  )
  expect(ends).toEqual(Array(8).fill('ack'))
  expect(it.received()).toHaveLength(20)
  expect(await it.shown()).toMatchObject({ status: 'delivered', attempts: 1 })
})

test('a delivery is sent once more when that is asked, and an event to all or to one', async () => {
  const [it, other] = [await endpoint(), await endpoint()]
  await register(app)
  await app.drain()
  const shown = await it.shown()
  const retried = await call('POST', `/delivery/${shown?.id}/retry`)
  expect([retried.status, retried.body.status]).toEqual([202, 'pending'])
  await app.drain()
  expect(it.received()).toHaveLength(2)
  const path = `/event/${shown?.eventId}/replay`
  const one = await call('POST', path, { body: { webhook: it.id } })
  expect([one.status, one.body]).toEqual([202, { deliveries: 1 }])
  await app.drain()
  expect([it.received().length, other.received().length]).toEqual([3, 1])
  const headers = { 'Idempotency-Key': 'again' }
  expect((await call('POST', path, { headers })).body).toEqual({ deliveries: 2 })
  expect((await call('POST', path, { headers })).body).toEqual({ deliveries: 2 })
  await app.drain()
  expect([it.received().length, other.received().length]).toEqual([4, 2])
  expect(new Set(it.received().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await it.shown()).toMatchObject({ attempts: 4, status: 'delivered' })
})

test('a range of events is replayed whole, between events or moments, whatever its length', async () => {
  const it = await endpoint()
  const made = []
  for (let n = 0; n < 5; n++) made.push(await register(app))
  await app.drain()
  const ids = it.received().map(({ headers }) => headers['webhook-id'])
  const replay = async (after: unknown, before?: unknown) => {
    const from = it.received().length
    const answer = await call('POST', `/webhook/${it.id}/replay`, {
      body: { after, ...(before === undefined ? {} : { before }) },
    })
    await app.drain()
    const again = it
      .received()
      .slice(from)
      .map(({ headers }) => headers['webhook-id'])
    return [answer.status, again.sort()]
  }
  const sorted = ids.toSorted()
  expect(await replay(sorted[0], sorted[4])).toEqual([202, sorted.slice(1, 4)])
  app.advance(SECOND)
  expect(await replay(sorted[2])).toEqual([202, sorted.slice(3)])
  expect(await replay('2020-01-01T00:00:00+02:00', '2020-01-02T00:00:00Z')).toEqual([202, []])
  const unknown = await call('POST', `/webhook/${it.id}/replay`, {
    body: { after: newId('event', new Date()) },
  })
  expect([unknown.status, unknown.body.code]).toEqual([404, 'event_not_found'])
  for (const after of ['yesterday', undefined, 7]) {
    const bad = await call('POST', `/webhook/${it.id}/replay`, { body: { after } })
    expect(bad.body.code).toBe('invalid_input')
  }
})

test('deliveries are kept for 30 days, events as long as the setting says, deleted webhooks no longer', async () => {
  const [it, waiting] = [await endpoint(), await endpoint()]
  receiver.on(waiting.path, answer(429, { 'Retry-After': '86400' }))
  const customer = await register(app)
  await app.drain()
  const count = async () => [
    (await deliveriesOf(app, it.id)).length,
    (await call('GET', `/customer/${customer}/event`)).body.data.length,
  ]
  app.advance(29 * DAY)
  await app.cron('17 3 * * *')
  expect(await count()).toEqual([1, 1])
  app.advance(2 * DAY)
  await app.cron('17 3 * * *')
  expect(await count()).toEqual([0, 1])
  app.advance(30 * DAY)
  await app.cron('17 3 * * *')
  expect(await count(), 'an event on its way to somebody is kept').toEqual([0, 1])
  for (const { id } of [it, waiting]) await call('DELETE', `/webhook/${id}`)
  await app.cron('17 3 * * *')
  await app.cron('17 3 * * *')
  expect((await call('GET', `/customer/${customer}/event`)).body.data).toEqual([])
})
