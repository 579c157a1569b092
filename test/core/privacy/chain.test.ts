import { expect, test } from 'vitest'
import { withConnection } from '../../../dev/with-connection.ts'
import { startTestApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import { formsOf } from '../../support/forget/form.ts'
import { quentoria } from '../../support/forget/people.ts'
import { searchTables } from '../../support/forget/search.ts'
import { startReceiver } from '../../support/receiver.ts'
import { shopIn } from '../../support/shop.ts'
import { subscribe } from '../../support/webhook.ts'

const receiver = await startReceiver()
receiver.on('/echo', (response, { body }) => response.writeHead(500).end(body))
const database = await freshDatabase()
const app = await startTestApp({ development: true, fetch: receiver.fetch, database })
const { call } = app
const { account, guest, merge } = shopIn(app)
await subscribe(app, `${receiver.url}/echo`)

let people = 0

/** Somebody whom no one else resembles, and what to search for. */
async function person() {
  const [n, digits] = [`x${++people}`, `${people}`.padStart(3, '0')]
  const texts = {
    firstName: `Quentorin${n}`,
    phone: `+4930123456${digits}`,
    street: `Quentgasse ${n}`,
    value: `quentvalue${n}`,
  }
  const { firstName, phone, street, value } = texts
  const { id } = await account({ firstName, phone, metadata: { note: value } })
  await call('POST', `/customer/${id}/address`, {
    body: { line1: street, city: 'Berlin', postalCode: '10115', country: 'DE' },
  })
  return { id, texts: Object.values(texts) }
}
type Person = Awaited<ReturnType<typeof person>>

const erase = (id: string) => call('POST', `/customer/${id}/erase`, { body: {} })
const undo = (id: string) => call('POST', `/merge/${id}/undo`)
/** A change whose event, delivery and kept answer have the whole customer. */
const touch = async (id: string, name: string) => {
  await call('PATCH', `/customer/${id}`, {
    body: { locale: 'de' },
    headers: { 'Idempotency-Key': `${name}${people}` },
  })
  await app.drain()
}

const exported = async (id: string) =>
  JSON.stringify((await call('GET', `/customer/${id}/export`)).body)

async function found(texts: readonly string[]) {
  const nobody = { emails: [], phones: [], streets: [], texts: quentoria.texts, addresses: [] }
  const forms = formsOf({ ...nobody, names: texts })
  return withConnection(database, (client) => searchTables(client, forms))
}

/** Stories in which others have what is the person's, for a time, and the customers that had it. */
const stories: readonly [string, (a: Person) => Promise<readonly string[]>][] = [
  [
    'a merge that was undone',
    async (a) => {
      const b = await account()
      const m = (await merge(b.id, a.id)).body
      await touch(b.id, 'one')
      await undo(m.id)
      return [b.id]
    },
  ],
  [
    'a second merge of the survivor meanwhile',
    async (a) => {
      const [b, d] = [await account(), await guest({ firstName: 'Dora' })]
      const first = (await merge(b.id, a.id)).body
      const second = (await merge(b.id, d.id)).body
      await touch(b.id, 'two')
      await undo(second.id)
      await undo(first.id)
      return [b.id, d.id]
    },
  ],
  [
    'a second merge that stands',
    async (a) => {
      const [b, d] = [await account(), await guest({ firstName: 'Dora' })]
      const first = (await merge(b.id, a.id)).body
      await merge(b.id, d.id)
      await undo(first.id)
      return [b.id]
    },
  ],
  [
    'a merge of the survivor into the next one',
    async (a) => {
      const [b, c] = [await account(), await account()]
      const first = (await merge(b.id, a.id)).body
      const second = (await merge(c.id, b.id)).body
      await touch(c.id, 'three')
      await undo(second.id)
      await undo(first.id)
      return [b.id, c.id]
    },
  ],
  [
    'three merges in a row',
    async (a) => {
      const [b, c, d] = [await account(), await account(), await account()]
      const merges = [
        (await merge(b.id, a.id)).body,
        (await merge(c.id, b.id)).body,
        (await merge(d.id, c.id)).body,
      ]
      await touch(d.id, 'four')
      for (const { id } of merges.reverse()) await undo(id)
      return [b.id, c.id, d.id]
    },
  ],
]

test.each(stories)(
  'after %s nothing is exported to others, and nothing is left',
  async (_, tell) => {
    const a = await person()
    const hosts = await tell(a)
    for (const host of hosts) {
      const text = await exported(host)
      expect(a.texts.filter((one) => text.includes(one))).toEqual([])
    }
    expect((await found(a.texts)).length).toBeGreaterThan(0)
    expect((await erase(a.id)).status).toBe(200)
    expect(await found(a.texts)).toEqual([])
    for (const host of hosts) expect((await call('GET', `/customer/${host}`)).status).toBe(200)
  },
)

test('what the other wrote about itself meanwhile stays', async () => {
  const a = await person()
  const b = await account()
  const m = (await merge(b.id, a.id)).body
  await call('PATCH', `/customer/${b.id}`, { body: { phone: '+4915112345678' } })
  await undo(m.id)
  expect(await exported(b.id)).toContain('+4915112345678')
  await erase(a.id)
  expect(await exported(b.id)).toContain('+4915112345678')
})
