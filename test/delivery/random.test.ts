import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { emitMany, insertCustomers } from '../support/emit.ts'
import { seededRandom } from '../support/random.ts'
import { runs, seed } from '../support/runs.ts'
import { sql } from '../support/sql.ts'
import { deliveriesOf, MINUTE, subscribe, verify } from '../support/webhook.ts'

const random = seededRandom(seed)
const CUSTOMERS = runs(20, 50)
const EVENTS = 20

type Message = { readonly body: string; readonly headers: Record<string, string> }
const taken: Message[] = []

/** Works four times in ten. Else it refuses, hangs, hangs up (both before or after it took the message), or asks for a pause. */
async function receive(_: unknown, init: RequestInit = {}): Promise<Response> {
  const message = { body: String(init.body), headers: init.headers as Record<string, string> }
  const take = () => void taken.push(message)
  const mood = random()
  if (mood < 0.04) return new Response('later', { status: 429, headers: { 'Retry-After': '7' } })
  if (mood < 0.22) return new Response('broken', { status: 500 })
  if (mood >= 0.6 || random() < 0.5) take()
  if (mood < 0.41) throw new DOMException('too slow', 'TimeoutError')
  if (mood < 0.6) throw new TypeError('connection closed')
  return new Response('ok')
}

const app = await startTestApp({ fetch: receive })

/** When the next attempt may be made. What failed ten times in a row is asked for again, as its owner would. */
async function nextDue(): Promise<Date | null> {
  const [failed = [], pending = []] = await app.db.run([
    sql`select id from delivery where tenant = ${app.tenant} and status = 'failed'`,
    sql`select greatest(min(d.next_attempt_at), min(w.paused_until)) as due
      from delivery d join webhook w on w.tenant = d.tenant and w.id = d.webhook_id
      where d.tenant = ${app.tenant} and d.status = 'pending'`,
  ])
  for (const { id } of failed) await app.call('POST', `/delivery/${id}/retry`)
  if (failed.length > 0) return app.runtime.now()
  return (pending[0]?.due ?? null) as Date | null
}

test(`a receiver that fails at random gets every event of every customer (seed ${seed})`, async () => {
  const webhook = await subscribe(app, 'https://shop.example/hook')
  const customers = await insertCustomers(app, CUSTOMERS)
  await emitMany(app, customers, EVENTS)
  app.queue.hostility = { random, duplicates: 0.2, lostAcks: 0.2, consumers: 3 }

  for (let due: Date | null = app.runtime.now(); due !== null; due = await nextDue()) {
    const wait = due.getTime() - app.runtime.now().getTime()
    app.advance(Math.max(MINUTE, wait * 1.5))
    await app.cron()
    await app.drain()
  }

  const sequences = new Map<string, Set<number>>()
  for (const message of taken) {
    const event = verify(webhook.secret, message) as unknown as {
      id: string
      sequence: number
      data: { customerId: string }
    }
    expect(message.headers['webhook-id']).toBe(event.id)
    const seen = sequences.get(event.data.customerId) ?? new Set()
    sequences.set(event.data.customerId, seen.add(event.sequence))
  }
  const complete = Array.from({ length: EVENTS }, (_, n) => n + 1)
  for (const customer of customers) {
    expect([...(sequences.get(customer) ?? [])].sort((a, b) => a - b)).toEqual(complete)
  }
  expect(taken.length, 'at least once').toBeGreaterThanOrEqual(CUSTOMERS * EVENTS)
  expect((await deliveriesOf(app, webhook.id)).every(({ status }) => status === 'delivered')).toBe(
    true,
  )
})
