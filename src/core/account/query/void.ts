import { and, eq, inArray, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { isCustomer } from '#lock/customer'

type Which = { readonly tenant: string; readonly customerId: string }

/** Deletes the attempts of others to register the address of a customer, with their links: the address has an owner now. */
export function voidAttempts(p: Which) {
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
        inArray(mailTokenTable.subject, db.select({ id: gone.id }).from(gone)),
      ),
    )
}
