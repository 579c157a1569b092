import { randomBytes } from 'node:crypto'
import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findAddress } from '#core/address'
import { findCustomer } from '#core/customer'
import { jsonbOf, jsonOf } from '#db/document'
import { addressTable, customerTable } from '#db/schema'
import { newId } from '#kernel/id'
import { addressSelection } from '#selection/address'
import { customerSelection, eventCustomerSelection } from '#selection/customer'
import { contextAt } from '../../support/address-book.ts'
import { startTestApp } from '../../support/app.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { tenant, db } = app
const ctx = contextAt(app, new Date())
const { currency } = ctx.settings

/** What JSON has to escape, and what the two sides could write in different ways. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((it) => it.replaceAll('\0', ''))
  .filter((it) => it.isWellFormed())
const optional = fc.option(fc.oneof(text, fc.constantFrom('', '"\\\n\t\u2028', 'Zoë', 'null', '0')))
const metadata = fc.dictionary(text, text, { maxKeys: 4 })
const amount = fc.record({
  amount: fc.maxSafeInteger(),
  orders: fc.nat(2 ** 31 - 1),
})
const spent = fc.dictionary(fc.constantFrom('EUR', 'USD', 'JPY', 'XAU'), amount)
const moment = fc.date({
  min: new Date('0001-01-01'),
  max: new Date('9999-12-31'),
  noInvalidDate: true,
})

const customer = fc.record({
  externalId: optional,
  firstName: optional,
  lastName: optional,
  phone: optional,
  locale: optional,
  status: fc.constantFrom('guest', 'unverified', 'active', 'disabled'),
  verifiedAt: fc.option(moment),
  metadata,
  spent,
  orderCount: fc.nat(2 ** 31 - 1),
  totalSpent: fc.maxSafeInteger(),
  lastOrderAt: fc.option(moment),
  updatedAt: moment,
})
const address = fc.record({ label: optional, line1: text, company: optional, state: optional })
const person = fc.record({
  customer,
  addresses: fc.array(address, { maxLength: 3 }),
  shipping: fc.nat(2),
  billing: fc.nat(2),
})
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never

const at = (moment: Date | null) => moment?.toISOString() ?? null

/** The rows of a person; a default is one of the addresses. */
async function store({ customer: c, addresses, shipping, billing }: Person) {
  const id = newId('customer', new Date())
  const email = `${randomBytes(8).toString('hex')}@example.com`
  const ids = addresses.map(() => newId('address', new Date()))
  const defaultOf = (n: number) => ids[n % Math.max(ids.length, 1)] ?? null
  const externalId = c.externalId === null ? null : `${id}${c.externalId}`
  await db.run([
    sql`insert into customer (tenant, id, external_id, email, email_key, first_name, last_name, phone, locale, status,
        email_verified_at, metadata, spent, order_count, total_spent, last_order_at, default_shipping_id, default_billing_id,
        created_at, updated_at)
      values (${tenant}, ${id}, ${externalId}, ${email}, ${email}, ${c.firstName}, ${c.lastName}, ${c.phone}, ${c.locale}, ${c.status},
        ${at(c.verifiedAt)}, ${JSON.stringify(c.metadata)}, ${JSON.stringify(c.spent)}, ${c.orderCount}, ${c.totalSpent},
        ${at(c.lastOrderAt)}, ${defaultOf(shipping)}, ${defaultOf(billing)}, id_moment(${id}), ${at(c.updatedAt)})`,
    ...addresses.map(
      (
        a,
        n,
      ) => sql`insert into address (tenant, id, customer_id, label, line1, company, state, country, sameness, keys, created_at, updated_at)
      values (${tenant}, ${ids[n]}, ${id}, ${a.label}, ${a.line1}, ${a.company}, ${a.state}, 'DE', ${String(n)}, '{}', id_moment(${id}), id_moment(${id}))`,
    ),
  ])
  return { id, addressId: ids[0] }
}

const dialect = new PgDialect({ casing: 'snake_case' })

/** A document made in SQL, as PostgreSQL writes it and without its spaces: the keys stand in the order that they were made in. */
async function inSql(document: SQL, from: SQL): Promise<string> {
  const { sql: statement } = dialect.sqlToQuery(
    sql`select (${document})::text as document ${from}`.inlineParams(),
  )
  const [rows] = await db.run([{ text: statement, values: [] }])
  return JSON.stringify(JSON.parse(String(rows?.[0]?.document)))
}

test('a document that a use case reads is the one that SQL makes of the same selection', async () => {
  await fc.assert(
    fc.asyncProperty(person, async (it) => {
      const { id, addressId } = await store(it)
      const from = sql`from ${customerTable} where ${customerTable.tenant} = ${tenant} and ${customerTable.id} = ${id}`
      const { value, version } = await findCustomer(ctx, id)
      const selection = customerSelection(customerTable, currency)
      expect(JSON.stringify(value)).toBe(await inSql(jsonOf(selection), from))
      expect(value).toEqual(JSON.parse(await inSql(jsonbOf(selection), from)))

      const summary = JSON.parse(await inSql(jsonbOf(eventCustomerSelection(customerTable)), from))
      const { addresses, metadata, orderCount, totalSpent, spent, lastOrderAt, ...rest } = value
      const { currency: _, ...who } = rest
      expect(summary).toEqual({ ...who, version })

      if (addressId === undefined) return
      const found = await findAddress(ctx, id, addressId)
      const ofAddress = sql`from ${addressTable} join ${customerTable} on ${customerTable.tenant} = ${addressTable.tenant}
        and ${customerTable.id} = ${addressTable.customerId} where ${addressTable.tenant} = ${tenant} and ${addressTable.id} = ${addressId}`
      const ofBook = addressSelection(addressTable, customerTable)
      expect(JSON.stringify(found.value)).toBe(await inSql(jsonOf(ofBook), ofAddress))
      expect(found.value).toEqual(JSON.parse(await inSql(jsonbOf(ofBook), ofAddress)))
      expect(addresses).toContainEqual(found.value)
    }),
    { numRuns: 60 },
  )
}, 60_000)
