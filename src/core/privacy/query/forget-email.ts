import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { attemptTable, customerTable, mailTable, mailTokenTable, sweepTable } from '#db/schema'
import { blanksOf } from './blank.ts'
import { isOneOf, type People } from './owner.ts'

/** The keys of their present addresses. An older one may belong to somebody else by now. */
const emailKeys = ({ tenant, ids }: People) =>
  sql`array(${db
    .select({ key: customerTable.emailKey })
    .from(customerTable)
    .where(and(eq(customerTable.tenant, tenant), isOneOf(customerTable.id, ids)))})`

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
    // The scan begins anew: it only finds what is there.
    db
      .update(sweepTable)
      .set({ ...blanksOf('sweep'), examined: 0, hits: 0 })
      .where(and(eq(sweepTable.tenant, p.tenant), isOneOf(sweepTable.position, keys))),
  ]
}
