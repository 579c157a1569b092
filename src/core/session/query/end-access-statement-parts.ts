import { and, eq, type SQL, sql } from 'drizzle-orm'
import { customerTable, sessionTable } from '#db/schema'
import { db, evaluateForEffect } from '#db/statement-builders'
import { isThisCustomer } from '#lock/customer'

type Which = { readonly tenant: string; readonly customerId: string }

/** The sessions of a customer. @param when which of them; without it, all. */
export const isSessionOfCustomer = (p: Which, when?: SQL) =>
  and(eq(sessionTable.tenant, p.tenant), eq(sessionTable.customerId, p.customerId), when)

/** Ends the sessions of a customer. @param when which of them; without it, all. */
export const deleteSessions = (p: Which, when?: SQL) =>
  db.delete(sessionTable).where(isSessionOfCustomer(p, when))

/** Ends the tokens of a customer's devices. Every action that ends all sessions must call it, except a change of the password. */
export const endDeviceTokens = (p: Which, when?: SQL) =>
  db
    .update(customerTable)
    .set({ deviceEpoch: sql`${customerTable.deviceEpoch} + 1` })
    .where(and(isThisCustomer({ tenant: p.tenant, id: p.customerId }), when))

/**
 * Ends the pending intentions of a customer: links in mails, except those that undo a change of the address, and the change that waits.
 * Every act by which an account changes hands, or by which its owner or staff throws others out, needs it. The trigger end_access does
 * it where the status or the address changes.
 */
export const endIntentions = (p: Which, when?: SQL) =>
  evaluateForEffect(sql`end_intentions(${p.tenant}, ${p.customerId})`, when)
