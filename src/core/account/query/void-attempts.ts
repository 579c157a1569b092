import { and, eq, exists, inArray, notExists, or, sql } from 'drizzle-orm'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { isThisCustomer } from '#lock/customer'
import { hasSamePasswordAsAttempt } from './has-same-password-as-attempt.ts'
import { voidAttemptsWhere } from './registration-attempt.ts'

type Which = { readonly tenant: string; readonly customerId: string }

/**
 * Ends all attempts to register a customer's address, with their links, because the address has an owner now. Deletes the attempt with the owner's password. Voids the others and drops their personal data. Void attempts stay until they expire, so a login with one of their passwords gets the same answer as before.
 */
export function voidAttempts(p: Which) {
  const owner = db
    .select({ emailKey: customerTable.emailKey })
    .from(customerTable)
    .where(isThisCustomer({ tenant: p.tenant, id: p.customerId }))
  const isOfAddress = and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, sql`(${owner})`),
  )
  const maker = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(
      and(
        isThisCustomer({ tenant: p.tenant, id: p.customerId }),
        hasSamePasswordAsAttempt(customerTable),
      ),
    )
  const taken = db.$with('taken').as(
    db
      .delete(attemptTable)
      .where(and(isOfAddress, exists(maker)))
      .returning({ id: attemptTable.id }),
  )
  const others = voidAttemptsWhere(and(isOfAddress, notExists(maker)), 'others')
  const ended = (one: typeof taken | typeof others) =>
    inArray(mailTokenTable.subject, db.select({ id: one.id }).from(one))
  return db
    .with(taken, others)
    .delete(mailTokenTable)
    .where(and(eq(mailTokenTable.tenant, p.tenant), or(ended(taken), ended(others))))
}
