import { and, eq, exists, type SQL } from 'drizzle-orm'
import { linkedIdentityTable } from '#db/schema'
import { db } from '#db/statement-builders'

type Which = { readonly tenant: string; readonly customerId: string }

/** The linked identities of a customer. @param when which of them; without it, all. */
export const isIdentityOfCustomer = (p: Which, when?: SQL) =>
  and(
    eq(linkedIdentityTable.tenant, p.tenant),
    eq(linkedIdentityTable.customerId, p.customerId),
    when,
  )

/** Whether a customer has linked identities. @param when such ones. */
export const hasLinkedIdentities = (p: Which, when?: SQL) =>
  exists(
    db
      .select({ identity: linkedIdentityTable.identity })
      .from(linkedIdentityTable)
      .where(isIdentityOfCustomer(p, when)),
  )

/**
 * Ends the linked identities of a customer. Every action that voids a password must call it if a stranger may have linked identities. @param when
 * without it, always.
 */
export const endLinkedIdentities = (p: Which, when?: SQL) =>
  db.delete(linkedIdentityTable).where(isIdentityOfCustomer(p, when))
