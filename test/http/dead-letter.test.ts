import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { sql } from '../support/sql.ts'

const app = await startTestApp()
const { call, tenant, tokens, queue } = app

const bury = (...bodies: unknown[]) =>
  receive(batchOf(bodies, { queue: 'customer-dead', attempts: 11 }).batch, app.runtime)

/** An event's job that the queue gave up on. */
async function giveUp() {
  await call('POST', '/customer', { body: { email: `${crypto.randomUUID()}@example.com` } })
  await app.settled()
  queue.loseEverything()
  const job = app.sent.at(-1)
  await bury(job)
  const { body } = await call('GET', '/dead-letter?limit=1')
  return { job, letter: body.data[0] }
}

const replay = (id: string, headers = {}) => call('POST', `/dead-letter/${id}/replay`, { headers })

test('what the queue gave up on is listed, the newest first, a page at a time', async () => {
  await bury({ tenant, id: 'first', kind: 'frobnicate' })
  await bury({ tenant, text: 'garbage' })
  const { body } = await call('GET', '/dead-letter?limit=1')
  expect(body.data).toEqual([
    {
      id: expect.stringMatching(/^dlt_/),
      queue: 'customer-dead',
      kind: 'unreadable',
      message: { tenant, text: 'garbage' },
      attempts: 11,
      createdAt: expect.stringMatching(/Z$/),
      replayedAt: null,
    },
  ])
  const cursor = encodeURIComponent(body.pagination.nextCursor)
  const { body: rest } = await call('GET', `/dead-letter?cursor=${cursor}`)
  expect(rest.data).toMatchObject([{ kind: 'frobnicate', message: { id: 'first' } }])
  expect(rest.pagination.nextCursor).toBeNull()
  const { body: foreign } = await call('GET', '/dead-letter', { token: tokens.stranger })
  expect(foreign.data).toEqual([])
  expect((await call('GET', '/dead-letter?cursor=x')).body.code).toBe('invalid_cursor')
})

test('a letter that is replayed puts its job back, and the job is done', async () => {
  const { job, letter } = await giveUp()
  const { status, body } = await replay(letter.id)
  expect([status, body.replayedAt]).toEqual([202, expect.stringMatching(/Z$/)])
  const left = sql`select id from job where tenant = ${tenant} and id = ${job?.id}`
  expect((await app.db.run([left]))[0]).toHaveLength(1)
  await app.drain()
  expect((await app.db.run([left]))[0]).toHaveLength(0)
})

test('a replay whose message is lost is relayed', async () => {
  const { letter } = await giveUp()
  await replay(letter.id)
  await app.settled()
  queue.loseEverything()
  app.advance(60_000)
  await app.cron()
  expect(queue.waiting).toBe(1)
  await app.drain()
})

test('a letter is replayed once, however often that is asked', async () => {
  const { letter } = await giveUp()
  const answers = await Promise.all([replay(letter.id), replay(letter.id), replay(letter.id)])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  await app.settled()
  expect(queue.waiting).toBe(1)
  queue.loseEverything()
  const headers = { 'Idempotency-Key': 'once' }
  const again = await replay(letter.id, headers)
  const replayed = await replay(letter.id, headers)
  expect([replayed.text, replayed.headers.get('Idempotent-Replayed')]).toEqual([again.text, 'true'])
  await app.settled()
  expect(queue.waiting).toBe(0)
})

test('a replay that fails again leaves another letter', async () => {
  await bury({ tenant, id: 'again', kind: 'frobnicate' })
  const { body } = await call('GET', '/dead-letter?limit=1')
  await replay(body.data[0].id)
  await app.settled()
  queue.loseEverything()
  await bury({ tenant, id: 'again', kind: 'frobnicate' })
  const { body: after } = await call('GET', '/dead-letter?limit=2')
  expect(after.data.map(({ message }: { message: { id: string } }) => message.id)).toEqual([
    'again',
    'again',
  ])
})

test('what is no job cannot be tried, and what is not ours is not there', async () => {
  const { body } = await call('GET', '/dead-letter')
  const garbage = body.data.find(({ kind }: { kind: string }) => kind === 'unreadable')
  expect((await replay(garbage.id)).body.code).toBe('dead_letter_unreadable')
  const { letter } = await giveUp()
  for (const answer of [
    await replay('dlt_x'),
    await replay(newId('deadLetter', new Date())),
    await call('POST', `/dead-letter/${letter.id}/replay`, { token: tokens.stranger }),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([404, 'dead_letter_not_found'])
  }
})
