import { beforeAll, describe, expect, test } from 'vitest'
import { analysed, holdings } from '#db/personal'
import { connected } from '../../../dev/connected.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { formsIn, formsOf } from '../../support/forget/form.ts'
import { known, type Life, live } from '../../support/forget/life.ts'
import { type Found, searchStatistics, searchTables } from '../../support/forget/search.ts'
import { startReceiver } from '../../support/receiver.ts'
import { subscribe } from '../../support/webhook.ts'

const receiver = await startReceiver()
receiver.on('/down', (response, { body }) => response.writeHead(500).end(body))
const database = await freshDatabase()
const app = await startTestApp({ development: true, fetch: receiver.fetch, database })
const { call } = app
const forms = formsOf(known)
const search = () => connected(database, (client) => searchTables(client, forms))
const searchPlanner = () => connected(database, (client) => searchStatistics(client, forms))
const analyze = () => connected(database, (client) => client.query('analyze'))

/** What no search can tell from that of others, or what is a hash. */
const unsearched = new Set([
  ...['customer.locale', 'customer.disabledReason', 'attempt.locale', 'mail.locale'],
  ...['address.country', 'address.state', 'address.postalCode', 'address.sameness'],
  // With a payload that can be read, it has no more than ids and amounts.
  'deadLetter.payload',
])
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** The columns of the map in which something about a person stands, as the database calls them. */
const personalColumns = holdings.flatMap(({ name, holding: { owner, columns, erased } }) =>
  owner.by === 'nobody' && erased === 'keep'
    ? []
    : Object.entries(columns)
        .filter(
          ([column, word]) =>
            !['none', 'credential'].includes(word) && !unsearched.has(`${name}.${column}`),
        )
        .map(([column]) => `${snake(name)}.${snake(column)}`),
)

const sums = () =>
  connected(
    database,
    async (client) =>
      (
        await client.query(
          `select count(*) as orders, sum(gross) as gross, sum(refunded) as refunded, (select sum(total_spent) from customer) as spent,
            (select sum(order_count) from customer) as counted from "order"`,
        )
      ).rows,
  )

describe('of a person with a long life', () => {
  let life: Life
  let before: Found[] = []
  let planned: Found[] = []
  let money: unknown
  let answer: Awaited<ReturnType<typeof call>>
  let others: unknown[]
  const showOthers = async () =>
    Promise.all(
      [life.twin.id, life.host.id].map(async (id) => (await call('GET', `/customer/${id}`)).body),
    )

  beforeAll(async () => {
    await subscribe(app, `${receiver.url}/up`)
    await subscribe(app, `${receiver.url}/down`)
    life = await live(app)
    await analyze()
    before = await search()
    planned = await searchPlanner()
    money = await sums()
    others = await showOthers()
    answer = await call('POST', `/customer/${life.id}/erase`, { body: { reason: 'court' } })
  })

  test('the search finds every column of the map that holds something about people', () => {
    const found = new Set(before.map(({ place }) => place))
    expect(personalColumns.filter((column) => !found.has(column))).toEqual([])
  })

  test('nothing is left in any column of any table, also after the queue and the clock have worked', async () => {
    expect(answer.status).toBe(200)
    expect(await search()).toEqual([])
    await app.drain()
    await app.cron()
    await app.cron('17 3 * * *')
    expect(await search()).toEqual([])
  })

  test('the planner has kept values of the columns that it needs, and of no others, and forgets them with the night', async () => {
    const kept = new Set(planned.map(({ place }) => place))
    const needed = Object.entries(analysed).flatMap(([table, columns]) =>
      columns.map((column) => `${snake(table)}.${snake(column)}`),
    )
    expect([...kept].filter((place) => !needed.includes(place))).toEqual([])
    expect([...kept]).toEqual(expect.arrayContaining(['customer.email_key', 'name_word.word']))
    expect(await searchPlanner()).toEqual([])
  })

  test('the sums of money are as before, and so are the others', async () => {
    expect(await sums()).toEqual(money)
    expect(await showOthers()).toEqual(others)
  })

  test('receivers get the event with all ids, and what is still to be delivered has ids only', async () => {
    const from = receiver.received.length
    receiver.off('/down')
    app.advance(24 * 3_600_000)
    await app.cron()
    await app.drain()
    const late = receiver.received.slice(from)
    expect(late.length).toBeGreaterThan(5)
    expect(late.flatMap(({ body }) => formsIn(body, forms))).toEqual([])
    const [event] = receiver
      .at('/up')
      .map(({ body }) => JSON.parse(body))
      .filter(({ type }) => type === 'customer.erased')
    expect(event.data).toEqual({
      customerId: life.id,
      mergedIds: [life.guestId],
      guestIds: [life.secondGuestId],
      reason: 'court',
      erased: true,
    })
    const { body: receipt } = await call('GET', `/customer/${life.guestId}/erasure`)
    expect(receipt).toMatchObject({ ...answer.body, webhooks: expect.any(Array) })
    expect(receipt.webhooks).toMatchObject([
      { host: 'localhost', status: 'delivered' },
      { host: 'localhost', status: 'delivered' },
    ])
  })
})
