import { expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { runDeadLetterCommand } from '../../dev/dead-letter.ts'
import { receive } from '../../src/queue/index.ts'
import { startTestApp } from '../support/app.ts'
import { batchOf } from '../support/batch.ts'
import { freshDatabase } from '../support/database.ts'
import { sql } from '../support/sql.ts'

// All tests of the shared database share the operator's letters.
const app = await startTestApp({ database: await freshDatabase() })
const { call, runtime, tenant, otherTenant } = app
/** A shop that this deployment does not have. */
const nobody = `n${tenant}`

const operator = (...args: string[]) =>
  runDeadLetterCommand(args, {
    DATABASE_URL: runtime.config.databaseUrl,
    DATABASE_FETCH_ENDPOINT: runtime.config.databaseEndpoint,
  })

/** Buries a message, and finds its letter in the operator's list. */
async function bury(body: unknown) {
  const prefix = crypto.randomUUID()
  const { batch, settled } = batchOf([body], { queue: 'customer-dead', prefix })
  await receive(batch, runtime)
  expect(settled).toEqual({ m0: 'ack' })
  const [rows = []] = await app.db.run([
    sql`select id from dead_letter where tenant = '' and subject = ${`${prefix}m0`}`,
  ])
  return String(rows[0]?.id)
}

const order = (customerId: string, fields: object = {}) => ({
  tenant: nobody,
  customerId,
  orderId: 'o1',
  total: 700,
  currency: 'USD',
  state: 'paid',
  placedAt: '2026-06-01T10:00:00+02:00',
  version: 1,
  ...fields,
})

test('a message of no configured tenant is the operator’s: no tenant sees it or replays it', async () => {
  const ids = [
    await bury({ tenant: nobody, id: 'job_1', kind: 'announce' }),
    await bury(order('cust_01jz5qk8f3e8ar1vp0h2n4x6ab')),
    await bury({ text: 'secret of nobody' }),
    await bury('garbage'),
    await bury({ tenant: '', id: 'job_1', kind: 'announce' }),
  ]
  const listed = await operator('list')
  for (const id of ids) expect(listed).toContain(`{"id":"${id}"`)
  for (const token of [app.tokens.service, app.tokens.stranger]) {
    expect((await call('GET', '/dead-letter', { token })).body.data).toEqual([])
    for (const id of ids) {
      const { status } = await call('POST', `/dead-letter/${id}/replay`, { token })
      expect(status).toBe(404)
    }
  }
})

test('the operator’s list goes on after a letter, and ends', async () => {
  for (let at = 0; at < 51; at++) await bury(`page ${at}`)
  const first = await operator()
  const [, after = ''] = /--after (\S+)$/.exec(first) ?? []
  expect(first.split('\n')).toHaveLength(51)
  const rest = await operator('--after', after)
  expect(rest).not.toContain('--after')
  expect(rest).not.toContain(after)
})

test('an order of an unknown tenant is recorded when the tenant is there and the operator replays it', async () => {
  const { id } = (await call('POST', '/customer', { body: { email: 'late@example.com' } })).body
  const letter = await bury(order(id))
  expect(JSON.parse(await operator('show', letter)).message.orderId).toBe('o1')
  expect(await operator('replay', letter)).toContain(`The job of tenant ${nobody} runs`)
  // The shop gets its tenant.
  await app.db.run([
    sql`update job set tenant = ${tenant}, payload = payload || jsonb_build_object('tenant', ${tenant}::text) where tenant = ${nobody}`,
  ])
  // The command has a clock of its own.
  app.advance(3_600_000)
  await app.cron()
  await app.drain()
  expect((await call('GET', `/customer/${id}`)).body.totalSpent).toBe(700)
  expect(JSON.parse(await operator('show', letter)).replayedAt).not.toBeNull()
})

test('the job of a tenant that is configured later is still there, and its letter takes nothing from it', async () => {
  const job = newId('job', runtime.now())
  await app.db.run([
    sql`insert into job (tenant, id, kind, payload, due_at, created_at) values (${nobody}, ${job}, 'announce', '{}', now(), now())`,
  ])
  const letter = await bury({ tenant: nobody, id: job, kind: 'announce' })
  expect(await operator('replay', letter)).toContain('runs within two minutes')
  const [left = []] = await app.db.run([
    sql`select from job where tenant = ${nobody} and id = ${job}`,
  ])
  expect(left).toHaveLength(1)
})

test('what names nothing to do cannot be replayed, and what is not the operator’s is not there', async () => {
  const refusal = (code: string) => expect.objectContaining({ code })
  for (const body of [
    'garbage',
    null,
    { tenant: nobody },
    { tenant: nobody, id: 'a b', kind: 'x' },
  ]) {
    await expect(operator('replay', await bury(body))).rejects.toEqual(
      refusal('dead_letter_unreadable'),
    )
  }
  const gone = await bury({ tenant: nobody, id: 'job_gone', kind: 'announce' })
  expect(await operator('replay', gone)).toContain('nothing is left to do')
  const missing = newId('deadLetter', new Date())
  for (const verb of ['show', 'replay']) {
    await expect(operator(verb, missing)).rejects.toThrow(
      'There is no letter with this id that belongs to no tenant',
    )
    await expect(operator(verb)).rejects.toThrow(`${verb} needs one id`)
  }
  await expect(operator('--after', 'foo')).rejects.toThrow('--after needs the id of a letter')
  await expect(operator('frobnicate', missing)).rejects.toThrow('npm run dead-letter')
})

test('letters of two unknown tenants about jobs of one name are both kept', async () => {
  const job = { id: 'job_same', kind: 'announce' }
  const ids = [await bury({ tenant: nobody, ...job }), await bury({ tenant: `${nobody}2`, ...job })]
  expect(new Set(ids).size).toBe(2)
})

test('letters of the operator are deleted after ninety days', async () => {
  const letter = await bury('old')
  await app.db.run([
    sql`update dead_letter set created_at = ${new Date(runtime.now().getTime() - 91 * 86_400_000).toISOString()} where id = ${letter}`,
  ])
  const kept = await bury('new')
  await app.cron('17 3 * * *')
  await expect(operator('show', letter)).rejects.toThrow()
  expect(await operator('show', kept)).toContain('new')
})

test('an unreadable message that the present code can read is replayed as the order that it is', async () => {
  const { id } = (await call('POST', '/customer', { body: { email: 'again@example.com' } })).body
  const letter = newId('deadLetter', runtime.now())
  const body = JSON.stringify(order(id, { tenant, orderId: 'o2' }))
  await app.db.run([
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, attempts, created_at)
      values (${tenant}, ${letter}, 'customer-dead', 'unreadable', ${letter}, ${body}::json, 11, now())`,
  ])
  const { status, body: shown } = await call('POST', `/dead-letter/${letter}/replay`)
  expect([status, shown.kind]).toEqual([202, 'order'])
  await app.drain()
  expect((await call('GET', `/customer/${id}`)).body.totalSpent).toBe(700)
  const foreign = newId('deadLetter', runtime.now())
  await app.db.run([
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, attempts, created_at)
      values (${otherTenant}, ${foreign}, 'customer-dead', 'unreadable', ${foreign}, ${body}::json, 11, now())`,
  ])
  const stolen = await call('POST', `/dead-letter/${foreign}/replay`, {
    token: app.strangerToken(),
  })
  expect([stolen.status, stolen.body.code]).toEqual([409, 'dead_letter_unreadable'])
})
