import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { attemptTable, customerTable, mailTokenTable, sessionTable } from '#db/schema'
import { isCustomer } from '#lock/customer'

type Which = { readonly tenant: string; readonly customerId: string }

/** Ends every session of a customer. */
export const endSessions = (p: Which) =>
  db
    .delete(sessionTable)
    .where(and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.customerId, p.customerId)))

/**
 * The address of a customer has an owner now: voids the customer's links of before, and forgets the attempts of others to register
 * the address, with their links.
 */
export function voidLinks(p: Which) {
  const emailKey = db
    .select({ emailKey: customerTable.emailKey })
    .from(customerTable)
    .where(isCustomer({ tenant: p.tenant, id: p.customerId }))
  const gone = db.$with('gone').as(
    db
      .delete(attemptTable)
      .where(and(eq(attemptTable.tenant, p.tenant), eq(attemptTable.emailKey, sql`(${emailKey})`)))
      .returning({ id: attemptTable.id }),
  )
  return db
    .with(gone)
    .delete(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        or(
          and(
            eq(mailTokenTable.subject, p.customerId),
            inArray(mailTokenTable.purpose, ['verify', 'reset']),
          ),
          inArray(mailTokenTable.subject, db.select({ id: gone.id }).from(gone)),
        ),
      ),
    )
}
