import { and, eq, exists, inArray, notExists, or, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { attemptTable, customerTable, mailTokenTable } from '#db/schema'
import { isCustomer } from '#lock/customer'
import { voided } from './attempt.ts'
import { isMadeOfAttempt } from './maker.ts'

type Which = { readonly tenant: string; readonly customerId: string }

/**
 * Ends the attempts to register the address of a customer, with their links: the address has an owner now. The attempt with the owner's
 * password is deleted. The others are void: what they say of a person is dropped, and the rest stays until they expire, for a login with
 * the password of one is answered as before.
 */
export function voidAttempts(p: Which) {
  const owner = db
    .select({ emailKey: customerTable.emailKey })
    .from(customerTable)
    .where(isCustomer({ tenant: p.tenant, id: p.customerId }))
  const isOfAddress = and(
    eq(attemptTable.tenant, p.tenant),
    eq(attemptTable.emailKey, sql`(${owner})`),
  )
  const maker = db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(isCustomer({ tenant: p.tenant, id: p.customerId }), isMadeOfAttempt(customerTable)))
  const taken = db.$with('taken').as(
    db
      .delete(attemptTable)
      .where(and(isOfAddress, exists(maker)))
      .returning({ id: attemptTable.id }),
  )
  const others = voided(and(isOfAddress, notExists(maker)), 'others')
  const ended = (one: typeof taken | typeof others) =>
    inArray(mailTokenTable.subject, db.select({ id: one.id }).from(one))
  return db
    .with(taken, others)
    .delete(mailTokenTable)
    .where(and(eq(mailTokenTable.tenant, p.tenant), or(ended(taken), ended(others))))
}
