import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { db, pick } from '#db/builder'
import { attemptTable, customerTable, mailTable, mailTokenTable, sweepTable } from '#db/schema'
import { blanksOf } from './blank.ts'
import { isOneOf, type People } from './owner.ts'

const other = alias(customerTable, 'other')

/** Whether no other customer has the address: what stands under it may be theirs. */
export const isAlone = ({ tenant, ids }: Pick<People, 'tenant' | 'ids'>, emailKey: PgColumn) =>
  notExists(
    db
      .select({ id: other.id })
      .from(other)
      .where(
        and(
          eq(other.tenant, tenant),
          eq(other.listed, true),
          eq(other.emailKey, emailKey),
          sql`not ${isOneOf(other.id, ids)}`,
        ),
      ),
  )

/** The keys of their present addresses, but for those that others have too. */
const emailKeys = (p: People) =>
  sql`array(${db
    .select({ key: customerTable.emailKey })
    .from(customerTable)
    .where(
      and(
        eq(customerTable.tenant, p.tenant),
        isOneOf(customerTable.id, p.ids),
        isAlone(p, customerTable.emailKey),
      ),
    )})`

/** What is found by their address, before the address itself goes. */
export function forgetByEmail(p: People) {
  const keys = emailKeys(p)
  const tokens = db
    .select(pick(mailTokenTable, 'id'))
    .from(mailTokenTable)
    .where(and(eq(mailTokenTable.tenant, p.tenant), isOneOf(mailTokenTable.emailKey, keys)))
  return [
    db
      .delete(mailTable)
      .where(and(eq(mailTable.tenant, p.tenant), inArray(mailTable.tokenId, tokens))),
    db
      .delete(mailTokenTable)
      .where(and(eq(mailTokenTable.tenant, p.tenant), isOneOf(mailTokenTable.emailKey, keys))),
    db
      .delete(attemptTable)
      .where(and(eq(attemptTable.tenant, p.tenant), isOneOf(attemptTable.emailKey, keys))),
  ]
}

/** A scan that stands at their address begins anew: it only finds what is there. */
export const forgetPosition = (p: People) =>
  db
    .update(sweepTable)
    .set({ ...blanksOf('sweep'), examined: 0, hits: 0 })
    .where(and(eq(sweepTable.tenant, p.tenant), isOneOf(sweepTable.position, emailKeys(p))))
