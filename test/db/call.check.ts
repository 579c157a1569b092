import { sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/pg-proxy'
import { call as customer } from '../../src/core/customer/generated/call.ts'
import { call as merge } from '../../src/core/merge/generated/call.ts'
import { call as order } from '../../src/core/order/generated/call.ts'
import type { FunctionCall, TableCall } from '../../src/db/function-call.ts'
import { addressTable, customerTable, orderTable } from '../../src/db/schema/index.ts'
import { sqlType } from '../../src/db/sql-type.ts'
import { planted } from './planted.ts'

/** What does not compile: this file is only read by the compiler. */
const db = drizzle(async () => ({ rows: [] }))
const { text, orNull } = sqlType
const now = '2026-03-01T10:00:00.000Z'
const tenant: string = 'acme'
const actor = { type: 'service', id: null }
const left = { emailKey: 'a', event: 'e', job: 'j', actor, request: null, now, serviceKeys: [] }

customer.displaceProvisional({ tenant, ...left })
customer.displaceProvisional({
  tenant: customerTable.tenant,
  ...left,
  request: customerTable.phone,
})
customer.displaceProvisional({ tenant: text(sql`'acme'`), ...left, request: text(sql`'r'`) })
customer.displaceProvisional({ tenant, ...left, request: orNull(text)(sql`null`) })
// @ts-expect-error an argument is missing
customer.displaceProvisional(left)
// @ts-expect-error an argument that is not there
customer.displaceProvisional({ tenant, ...left, tenants: tenant })
// @ts-expect-error a number for a text
customer.displaceProvisional({ tenant: 5, ...left })
// @ts-expect-error null where it may not be
customer.displaceProvisional({ tenant: null, ...left })
// @ts-expect-error a column that may be null, where that may not be
customer.displaceProvisional({ tenant: customerTable.phone, ...left })
// @ts-expect-error an expression that may be null, where that may not be
customer.displaceProvisional({ tenant: orNull(text)(sql`null`), ...left })
// @ts-expect-error a column of another type
customer.displaceProvisional({ tenant: customerTable.version, ...left })
// @ts-expect-error an expression that does not say its type
customer.displaceProvisional({ tenant: sql`'acme'`, ...left })
// @ts-expect-error a number for a moment
customer.displaceProvisional({ tenant, ...left, now: 5 })

// @ts-expect-error an expression that does not say its type, for a document
customer.displaceProvisional({ tenant, ...left, actor: sql`'{}'` })
// @ts-expect-error a column of text, for a document
customer.displaceProvisional({ tenant, ...left, actor: customerTable.id })

planted.lockOrRefuse({ tenant, id: 'c' })
planted.lockOrRefuse({ tenant, id: 'c', version: 3 })
order.addOrder({ spent: customerTable.spent, o: alias(orderTable, 'o'), sign: 1 })
merge.mergeImage({ customer: planted.lockOrRefuse({ tenant, id: 'c' }) })
// @ts-expect-error a row of another table
merge.mergeImage({ customer: addressTable })
// @ts-expect-error a row that may not be there, where there must be one
merge.mergeImage({ customer: planted.visibleCustomer({ tenant, id: 'c' }) })

export async function results() {
  const orders = order.recordOrders({
    tenant,
    orders: [],
    currency: 'EUR',
    actor,
    request: null,
    now,
  })
  const [row] = await db.select(orders.columns).from(orders.from)
  const known: boolean | undefined = row?.known
  // @ts-expect-error it may be null
  const jobs: string[] | undefined = row?.jobs
  // @ts-expect-error a column that is not there
  orders.columns.nothing
  // @ts-expect-error a column that is not there
  row?.nothing

  const held = planted.lockOrRefuse({ tenant, id: 'c' })
  const [customer] = await db.select({ email: held.columns.email }).from(held.from)
  const email: string | undefined = customer?.email
  const found = planted.visibleCustomer({ tenant, id: 'c' })
  const [visible] = await db.select({ email: found.columns.email }).from(found.from)
  // @ts-expect-error nobody may be there
  const address: string | undefined = visible?.email
  const [one] = await db
    .select({ is: merge.isMergeable({ account: customerTable, guest: customerTable }) })
    .from(customerTable)
  const is: boolean | undefined = one?.is
  return [known, jobs, email, address, is]
}

export const effects = () => {
  const event: FunctionCall<number | null, 'event'> = customer.displaceProvisional({
    tenant,
    ...left,
  })
  // @ts-expect-error it appends an event
  const write: FunctionCall<number | null, 'write'> = customer.displaceProvisional({
    tenant,
    ...left,
  })
  const read: FunctionCall<string[], 'read'> = order.orderSides({ tenant, orders: [] })
  // @ts-expect-error it only looks
  const other: FunctionCall<string[], 'event'> = order.orderSides({ tenant, orders: [] })
  const orders: TableCall<{ known: boolean }, 'event'> = order.recordOrders({
    ...{ tenant, orders: [], currency: 'EUR', actor, request: null, now },
  })
  // @ts-expect-error it appends events
  const quiet: TableCall<{ known: boolean }, 'write'> = order.recordOrders({
    ...{ tenant, orders: [], currency: 'EUR', actor, request: null, now },
  })
  return [event, write, read, other, orders, quiet]
}
