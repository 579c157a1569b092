import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { checkOutGuest } from '#core/guest'
import { systemContext } from '../../src/runtime.ts'
import { startTestApp } from '../support/app.ts'
import { query } from '../support/rows.ts'
import { shopIn } from '../support/shop.ts'
import { makeShopper } from '../support/shopper.ts'
import { street } from '../support/street.ts'

const app = await startTestApp()
const { call, tenant, runtime } = app
const { account, claim, freshEmail, guest, merge, record } = shopIn(app)
const address = street('1 Main St')

const checkOut = async (email: string, more: object = {}) => {
  const body = { email, firstName: 'Jane', ...more }
  return call('POST', '/customer/guest', { token: await app.storefrontToken(), body })
}

const client = new pg.Client(inject('database'))
await client.connect()
afterAll(() => client.end())

/** The rows that this session has written, undone ones too, as the database counts them. */
async function countRows(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ what: string; count: string }>(
    `select relname || ' ' || what as what, count from pg_stat_xact_user_tables,
      lateral (values ('inserted', n_tup_ins), ('changed', n_tup_upd + n_tup_del)) counted (what, count)`,
  )
  return new Map(rows.map(({ what, count }) => [what, Number(count)]))
}

/** The rows that a checkout writes. Nothing of it stays. */
async function workOf(email: string, more: object): Promise<Readonly<Record<string, number>>> {
  const work: Record<string, number> = {}
  const db: typeof app.db = {
    ...app.db,
    async run(statements) {
      await client.query('begin')
      const before = await countRows()
      const results = []
      for (const { text, values } of statements) {
        results.push((await client.query(text, [...values])).rows)
      }
      for (const [what, count] of await countRows()) {
        const written = count - (before.get(what) ?? 0)
        if (written > 0) work[what] = written
      }
      await client.query('rollback')
      return results
    },
  }
  const actor = {
    type: 'storefront',
    id: 'a shop',
    scopes: new Set<never>(),
    tokenId: null,
  } as const
  const ctx = { ...systemContext(runtime, tenant, 'test'), actor, db }
  await checkOutGuest(ctx, { email, firstName: 'Jane', ...more })
  return work
}

const known: Readonly<Record<string, () => Promise<string>>> = {
  'a guest': async () => (await guest()).email,
  'a guest with an address': async () => (await guest({ address })).email,
  'a guest of a storefront': async () => {
    const email = freshEmail()
    await checkOut(email, { address })
    return email
  },
  'a guest who ordered': async () => {
    const { id, email } = await guest()
    await record(id, `order-of-${id}`)
    return email
  },
  'a guest that was merged': async () => {
    const { id, email } = await guest()
    await merge((await account()).id, id)
    return email
  },
  'an account': async () => (await account()).email,
  'an account in use': async () => (await makeShopper(app)).email,
  'an account in use and a guest': async () => {
    const { email } = await makeShopper(app)
    await guest({ email })
    return email
  },
}

describe.each([
  ['a checkout', {}],
  ['a checkout with an address', { address }],
  ['a checkout with a name that search finds by words', { lastName: 'de la Cruz', address }],
])('%s writes the same rows for an address that nobody has', (_, more) => {
  test.each(Object.entries(known))('and for that of %s', async (__, make) => {
    const email = await make()
    const work = await workOf(email, more)
    expect(work).toEqual(await workOf(freshEmail(), more))
    expect(work).toMatchObject({ 'customer inserted': 1, 'event inserted': 1, 'job inserted': 1 })
    expect(work['address inserted']).toBe('address' in more ? 1 : undefined)
  })
})

/** All rows of the tenant that a checkout could leave. */
const left = async () =>
  Promise.all(
    ['customer', 'address', 'event', 'job', 'merge', 'name_word', 'name_spelling'].map((table) =>
      query(`select * from ${table} where tenant = $1 order by ${table}::text`, [tenant]),
    ),
  )

test('of a checkout with the address of a guest nothing is left, but the same message is sent', async () => {
  const { email } = await guest({ address })
  await app.drain()
  const before = await left()
  const sentFor = async (asked: string) => {
    app.sent.length = 0
    await checkOut(asked, { lastName: 'de la Cruz', address: street('2 Other St') })
    await app.settled()
    return app.sent.map(({ kind }) => kind)
  }
  expect(await sentFor(email)).toEqual(['announce'])
  expect(await left()).toEqual(before)
  await app.drain()
  expect(await left()).toEqual(before)
  expect(await sentFor(freshEmail())).toEqual(['announce'])
})

test('a checkout makes a guest at once, whose data is unproven; a service finds it', async () => {
  const email = freshEmail()
  await checkOut(email, { address })
  const found = await call('POST', '/customer/guest', { body: { email, firstName: 'Other' } })
  expect([found.status, found.body]).toMatchObject([
    200,
    { firstName: 'Jane', addresses: [{ line1: '1 Main St', isDefault: true }] },
  ])
  const [row] = await query(`select unproven from customer where tenant = $1 and id = $2`, [
    tenant,
    found.body.id,
  ])
  expect(row).toEqual({ unproven: true })
  const { body } = await call('GET', `/customer/${found.body.id}/event`)
  expect(body.data).toMatchObject([{ type: 'customer.created', actor: { type: 'storefront' } }])
})

test('twenty checkouts of one address at once make one guest', async () => {
  const email = freshEmail()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => checkOut(email, { address: street(`${n} Main St`) })),
  )
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
    new Set(['202 {"status":"accepted"}']),
  )
  const rows = await query('select id from customer where tenant = $1 and email = $2', [
    tenant,
    email,
  ])
  expect(rows).toHaveLength(1)
})

test('a guest of a proven account is merged by the sweep', async () => {
  const { id, email } = await account()
  await claim(email)
  await app.drain()
  app.advance(1000)
  await checkOut(email)
  await app.drain()
  const merges = async () => (await call('GET', `/merge?customer=${id}`)).body.data
  expect(await merges()).toEqual([])
  await app.cron()
  await app.drain()
  expect(await merges()).toMatchObject([{ state: 'done', survivorId: id, automatic: true }])
})
