import { eq, sql } from 'drizzle-orm'
import { findAddress } from '#core/address'
import type { Context } from '#core/context'
import { patchOf } from '#db/patch'
import { addressTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { type IsSound, type Must, type RowOf, useCase } from '#db/use-case'
import * as query from '../../../src/core/address/generated/query.ts'
import { call } from '../../../src/core/customer/generated/call.ts'

/** Mistakes that do not compile: `tsc` reads this file and nothing runs it. */

useCase('wrong', { id: addressTable.id, limit: sqlType.int }, (p) => [
  // @ts-expect-error a number for a column of text
  db.update(addressTable).set({ line1: p.limit }).where(eq(addressTable.id, p.id)),
  // @ts-expect-error a column that is not there
  db.update(addressTable).set({ line3: p.id }),
  // @ts-expect-error compared with another type
  db.delete(addressTable).where(eq(addressTable.id, p.limit)),
  // @ts-expect-error a parameter that is not there
  db.delete(addressTable).where(eq(addressTable.id, p.name)),
  // @ts-expect-error a value that must be given is missing
  db.insert(addressTable).values({ id: p.id }),
  // @ts-expect-error an argument of another type
  sql`select ${call.lockCustomers({ tenant: p.limit, ids: [p.id] })}`,
  // @ts-expect-error an argument that is missing
  sql`select ${call.lockCustomers({ tenant: p.id })}`,
  // @ts-expect-error a field of a PATCH that has another type than its column
  patchOf([], { line1: { column: addressTable.line1, to: p.limit } }).differs,
  db.select({ version: addressTable.version, name: sqlType.text(sql`'x'`) }).from(addressTable),
])

// @ts-expect-error a value is missing
query.findAddress({ tenant: 't', id: 'a' })
// @ts-expect-error a value of another type
query.findAddress({ tenant: 't', customerId: 'c', id: 5 })
// @ts-expect-error null for a value that must be given
query.findAddress({ tenant: 't', customerId: null, id: 'a' })

declare const row: RowOf<typeof import('../../../src/core/address/query/find.ts').findAddress>
// @ts-expect-error a field that is not there
row.address?.street
// @ts-expect-error a row that was not joined is null
row.address.line1

declare const ctx: Context
// @ts-expect-error an argument of the use case is missing
findAddress(ctx, 'c')

const lost = useCase('lost', {}, () => [
  db.select({ version: sqlType.int(sql`1`), lost: sql<never>`1` }).from(addressTable),
])
// @ts-expect-error a column whose type was lost
export type Lost = Must<IsSound<typeof lost>>
