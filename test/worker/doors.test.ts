import { neon, neonConfig } from '@neondatabase/serverless'
import { expect, inject, test, vi } from 'vitest'
import { bindings, cron, deliver, register, request } from './support/worker.ts'

neonConfig.fetchEndpoint = inject('wire')
const sql = neon(inject('database'))

const { env, sent } = bindings()

/** Registers customers; returns the messages that were sent for them. */
async function events(count: number) {
  const before = sent.length
  for (let n = 0; n < count; n++) expect((await register(env)).status).toBe(201)
  return sent.slice(before)
}

async function jobsLeft(ids: readonly { id: string }[]): Promise<number> {
  return (await sql`select id from job where id = any(${ids.map(({ id }) => id)})`).length
}

test('a request, the queue and cron each come in by their door', async () => {
  const messages = await events(1)
  expect(messages).toEqual([
    { tenant: 'demo', id: expect.stringMatching(/^job_/), kind: 'announce' },
  ])
  const { outcome, explicitAcks, ids } = await deliver(env, messages)
  expect([outcome, explicitAcks]).toEqual(['ok', ids])
  expect(await jobsLeft(messages)).toBe(0)
  await cron(env)
})

test('killed between commit and send: the event still arrives after the next cron', async () => {
  const { env: dying } = bindings({
    QUEUE: { sendBatch: () => Promise.reject(new Error('killed')) },
  })
  const { id } = await (await register(dying)).json<{ id: string }>()
  const left = await sql`update job set due_at = now() from event
    where event.customer_id = ${id} and job.payload ->> 'event' = event.id returning job.id`
  expect(left).toHaveLength(1)
  await cron(env)
  const relayed = sent.filter(({ id }) => id === left[0]?.id)
  expect(relayed).toHaveLength(1)
  await deliver(env, relayed)
  expect(await jobsLeft(relayed)).toBe(0)
})

test('the one trigger does what is due each minute, and a night that was missed', async () => {
  await cron(env)
  const missed = '2026-01-01T03:17:00Z'
  const due = await sql`update tick set due_at = ${missed} where tenant = 'demo' returning task`
  expect(due.map(({ task }) => task)).toEqual(expect.arrayContaining(['relay', 'purge-events']))
  await cron(env)
  expect(await sql`select task from tick where tenant = 'demo' and due_at = ${missed}`).toEqual([])
})

test('a limit at the edge that cannot count lets everyone pass', async () => {
  const { env: broken } = bindings({
    RATE_LIMIT: { limit: () => Promise.reject(new Error('away')) },
    CLIENT_SECRETS: JSON.stringify({ demo: { dev: ['dev'], storefront: ['dev'] } }),
  })
  const form = { grant_type: 'client_credentials', client_id: 'storefront', client_secret: 'dev' }
  const granted = await request(broken, '/oauth/token', {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const { access_token } = await granted.json<{ access_token: string }>()
  const answer = await request(broken, '/auth/password/forgot', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${access_token}`,
      'Content-Type': 'application/json',
      'CF-Connecting-IP': '198.51.100.1',
    },
    body: JSON.stringify({ email: 'nobody@example.com' }),
  })
  expect(answer.status).toBe(202)
})

test('a hostile queue: duplicates, any order, redelivery after ack, batches at once', async () => {
  const messages = await events(12)
  const shuffled = [...messages, ...messages].sort(() => Math.random() - 0.5)
  const ends = await Promise.all([
    deliver(env, shuffled.slice(0, 9)),
    deliver(env, shuffled.slice(9)),
    deliver(env, messages.toReversed()),
  ])
  const again = await deliver(env, messages, { attempts: 2 })
  for (const { explicitAcks, retryMessages, ids } of [...ends, again]) {
    expect([explicitAcks.toSorted(), retryMessages]).toEqual([ids.toSorted(), []])
  }
  expect(await jobsLeft(messages)).toBe(0)
})

test('what cannot be understood goes back by itself, and its neighbours are done', async () => {
  const messages = await events(2)
  const unknown = { tenant: 'demo', id: `x-${crypto.randomUUID()}`, kind: 'frobnicate' }
  const { explicitAcks, retryMessages, ids } = await deliver(env, [
    messages[0],
    unknown,
    'garbage',
    messages[1],
  ])
  expect(explicitAcks.toSorted()).toEqual([ids[0], ids[3]].toSorted())
  expect(retryMessages.map(({ msgId }) => msgId)).toEqual([ids[1], ids[2]])
  const buried = await deliver(env, [unknown, unknown], { queue: 'customer-dead' })
  expect(buried.explicitAcks).toHaveLength(2)
  expect(await sql`select body from dead_letter where subject = ${unknown.id}`).toEqual([
    { body: unknown },
  ])
})

test('a wrong setting stops all three doors: strangers read a fixed sentence, the log names it', async () => {
  const { env: wrong } = bindings({ MASTER_SECRET: 'short', customer: { max_adresses: 3 } })
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const response = await request(wrong, '/healthz')
  const lines = logged.mock.calls.flat().map((line) => JSON.parse(String(line)))
  logged.mockRestore()
  expect(response.status).toBe(500)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const body = await response.json<{ requestId: string }>()
  expect(body).toEqual({
    type: '/docs/errors#misconfigured',
    title: 'Internal Server Error',
    status: 500,
    code: 'misconfigured',
    detail: 'The service is not configured correctly.',
    requestId: response.headers.get('X-Request-Id'),
  })
  const [{ message, ...fields }, ...others] = lines
  expect(message).toMatch(/MASTER_SECRET.*max_adresses/)
  expect(message).not.toContain('short')
  expect(fields).toEqual({ level: 'error', code: 'misconfigured', requestId: body.requestId })
  expect(others).toEqual([])
  await expect(deliver(wrong, ['any'])).rejects.toThrow(message)
  await expect(cron(wrong)).rejects.toThrow(message)
})
