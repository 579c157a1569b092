import { describe, expect, test } from 'vitest'
import type { InjectedFault } from '../../dev/neon-wire/index.ts'
import { startTestApp } from '../support/app.ts'
import { sql } from '../support/sql.ts'
import { deliveriesOf, MINUTE, subscribe } from '../support/webhook.ts'

let die: 'before' | 'after' | undefined
const taken: string[] = []
const app = await startTestApp({
  async fetch(_, init) {
    const id = new Headers(init?.headers).get('webhook-id') ?? ''
    if (die === 'before') return kill()
    taken.push(id)
    if (die === 'after') return kill()
    return new Response('ok')
  },
})
const { wire, queue } = app
const webhook = await subscribe(app, 'https://shop.example/hook')

/** From now on nothing that this worker does reaches anyone. */
function kill(): never {
  wire.faults.always = () => ({ at: 'before', do: 'cut' })
  throw new TypeError('killed')
}

/** The worker dies at its n-th trip to the database: before it or, its reply lost, after it. */
function killAtTrip(n: number, at: 'before' | 'after') {
  let trips = 0
  wire.faults.always = (): InjectedFault | undefined => {
    trips++
    if (trips <= n) return undefined
    return { at: trips === n + 1 ? at : 'before', do: 'cut' }
  }
}

let people = 0
/** A request, and what follows from it until the worker dies; with it goes what the queue had. */
async function live(): Promise<string> {
  const email = `killed${++people}@example.com`
  await app.call('POST', '/customer', { body: { email } })
  await app.drain()
  wire.faults.clear()
  die = undefined
  queue.loseEverything()
  return email
}

async function restart() {
  for (let minute = 0; minute < 4; minute++) {
    app.advance(MINUTE)
    await app.cron()
    await app.drain()
  }
}

async function outcomeOf(email: string) {
  const [events = [], jobs = []] = await app.db.run([
    sql`select e.id from event e join customer c on c.tenant = e.tenant and c.id = e.customer_id
      where e.tenant = ${app.tenant} and c.email = ${email}`,
    sql`select id from job where tenant = ${app.tenant}`,
  ])
  const ids = events.map(({ id }) => String(id))
  const sent = (await deliveriesOf(app, webhook.id)).filter(({ eventId }) => ids.includes(eventId))
  return {
    committed: ids.length === 1,
    jobs: jobs.length,
    deliveries: sent.map(({ status }) => status),
    arrived: taken.filter((id) => ids.includes(id)).length,
  }
}

// The commit of the request, of the announcement, of the claim, of the record.
describe.each([0, 1, 2, 3])('the worker dies at trip %i', (trip) => {
  test.each(['before', 'after'] as const)(
    '%s it: nothing is lost, nothing is there twice',
    async (at) => {
      killAtTrip(trip, at)
      const email = await live()
      const { committed } = await outcomeOf(email)
      expect(committed).toBe(trip > 0 || at === 'after')
      await restart()
      const { arrived, ...outcome } = await outcomeOf(email)
      expect(outcome).toEqual({ committed, jobs: 0, deliveries: committed ? ['delivered'] : [] })
      if (committed) expect(arrived, 'twice under one id at most').toBeOneOf([1, 2])
    },
  )
})

test.each(['before', 'after'] as const)(
  'the worker dies %s the endpoint has the message',
  async (at) => {
    die = at
    const email = await live()
    await restart()
    const { arrived, ...outcome } = await outcomeOf(email)
    expect(outcome).toEqual({ committed: true, jobs: 0, deliveries: ['delivered'] })
    expect(arrived).toBe(at === 'before' ? 1 : 2)
  },
)

test('the queue takes neither the announcement nor the wake-up', async () => {
  queue.break()
  const email = await live()
  app.advance(MINUTE)
  await app.cron()
  queue.break()
  await app.drain()
  queue.loseEverything()
  await restart()
  expect(await outcomeOf(email)).toEqual({
    committed: true,
    jobs: 0,
    deliveries: ['delivered'],
    arrived: 1,
  })
})
