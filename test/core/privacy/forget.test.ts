import { beforeAll, describe, expect, test, vi } from 'vitest'
import { analysedColumns, holdings } from '#db/personal'
import { withConnection } from '../../../dev/with-connection.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { formsIn, formsOf } from '../../support/forget/form.ts'
import { type Life, live } from '../../support/forget/life.ts'
import { others as otherPeople, quentoria } from '../../support/forget/people.ts'
import {
  type Found,
  searchDump,
  searchStatistics,
  searchTables,
} from '../../support/forget/search.ts'
import { startReceiver } from '../../support/receiver.ts'
import { runs } from '../../support/runs.ts'
import { subscribe } from '../../support/webhook.ts'

const receiver = await startReceiver()
receiver.on('/down', (response, { body }) => response.writeHead(500).end(body))
const database = await freshDatabase()
const app = await startTestApp({ development: true, fetch: receiver.fetch, database })
const { call } = app
const inDatabase = <T>(work: Parameters<typeof withConnection<T>>[1]) =>
  withConnection(database, work)
const lines: string[] = []
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((...said) => void lines.push(said.join(' ')))
}

/** `npm run forget:proof` has all of them live. */
const people = runs([quentoria], [quentoria, ...otherPeople])

/** What no search can tell from that of others, or what is a hash. */
const unsearched = new Set([
  ...[
    'customer.locale',
    'customer.consents',
    'customer.disabledReason',
    'attempt.locale',
    'mail.locale',
  ],
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
  inDatabase(
    async (client) =>
      (
        await client.query(
          `select count(*) as orders, sum(gross) as gross, sum(refunded) as refunded, (select sum(total_spent) from customer) as spent,
            (select sum(order_count) from customer) as counted from "order"`,
        )
      ).rows,
  )

beforeAll(async () => {
  await subscribe(app, `${receiver.url}/up`)
  await subscribe(app, `${receiver.url}/down`)
})

describe.each(people.map((person) => [person.names[0] ?? '', person] as const))(
  'of %s with a long life',
  (_, person) => {
    const forms = formsOf(person)
    const search = () => inDatabase((client) => searchTables(client, forms))
    const searchPlanner = () => inDatabase((client) => searchStatistics(client, forms))
    let life: Life
    let before: Found[] = []
    let planned: Found[] = []
    let dumped: Found[] = []
    let money: unknown
    let answer: Awaited<ReturnType<typeof call>>
    let others: unknown[]
    let from = 0
    const showOthers = async () =>
      Promise.all(
        [life.twin.id, life.host.id].map(async (id) => (await call('GET', `/customer/${id}`)).body),
      )

    beforeAll(async () => {
      receiver.on('/down', (response, { body }) => response.writeHead(500).end(body))
      life = await live(app, person)
      await inDatabase((client) => client.query('analyze'))
      before = await search()
      planned = await searchPlanner()
      dumped = await inDatabase((client) => searchDump(client, forms))
      money = await sums()
      others = await showOthers()
      from = receiver.received.length
      answer = await call('POST', `/customer/${life.id}/erase`, { body: { reason: 'court' } })
    })

    test('the search finds every column of the map that holds something about people', () => {
      const found = new Set(before.map(({ place }) => place))
      expect(personalColumns.filter((column) => !found.has(column))).toEqual([])
      expect(new Set(dumped.map(({ place }) => place)).size).toBeGreaterThan(14)
    })

    test('nothing is left in any column of any table, also after the queue and the clock have worked', async () => {
      expect([answer.status, answer.body.state]).toEqual([200, 'done'])
      expect(await search()).toEqual([])
      await app.drain()
      await app.cron()
      await app.cron('17 3 * * *')
      expect(await search()).toEqual([])
    })

    test('nor in a fresh dump, nor in a line of the log', async () => {
      expect(await inDatabase((client) => searchDump(client, forms))).toEqual([])
      expect(lines.length).toBeGreaterThan(0)
      expect(formsIn(lines.join('\n'), forms)).toEqual([])
    })

    test('the planner has kept values of the columns that it needs, and of no others, and forgets them with the night', async () => {
      const kept = new Set(planned.map(({ place }) => place))
      const needed = Object.entries(analysedColumns).flatMap(([table, columns]) =>
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
      receiver.off('/down')
      app.advance(24 * 3_600_000)
      await app.cron()
      await app.drain()
      const late = receiver.received.slice(from)
      expect(late.length).toBeGreaterThan(5)
      expect(late.flatMap(({ body }) => formsIn(body, forms))).toEqual([])
      const event = receiver
        .at('/up')
        .map(({ body }) => JSON.parse(body))
        .findLast(({ type }) => type === 'customer.erased')
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
  },
)
