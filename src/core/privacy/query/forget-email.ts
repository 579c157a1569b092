import { and, eq, inArray, or } from 'drizzle-orm'
import { db, pick } from '#db/builder'
import { attemptTable, mailTable, mailTokenTable, sweepTable } from '#db/schema'
import { blanksOf } from './blank.ts'
import { knownAddresses, provenKeys } from './known-address.ts'
import { isOneOf, type People } from './owner.ts'

/** What is found by their proven addresses, before the addresses themselves go. */
export function forgetByEmail(p: People) {
  const keys = provenKeys(p)
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
    // What strangers asked for under an address that was only written names no customer; nobody else has the address.
    db
      .delete(mailTokenTable)
      .where(
        and(
          eq(mailTokenTable.tenant, p.tenant),
          isOneOf(mailTokenTable.emailKey, knownAddresses(p)),
          or(
            inArray(mailTokenTable.purpose, ['login_code', 'login_link']),
            eq(mailTokenTable.subject, mailTokenTable.id),
          ),
        ),
      ),
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
    .where(and(eq(sweepTable.tenant, p.tenant), isOneOf(sweepTable.position, provenKeys(p))))
