import { and, count, eq, type SQL } from 'drizzle-orm'
import { passkeyTable } from '#db/schema'
import { db } from '#db/statement-builders'

type Which = { readonly tenant: string; readonly customerId: string }

/** The passkeys of a customer. @param when which of them; without it, all. */
export const isPasskeyOfCustomer = (p: Which, when?: SQL) =>
  and(eq(passkeyTable.tenant, p.tenant), eq(passkeyTable.customerId, p.customerId), when)

export const passkeysOfCustomer = (p: Which, when?: SQL) =>
  db.select({ id: passkeyTable.id }).from(passkeyTable).where(isPasskeyOfCustomer(p, when))

export const countPasskeys = (p: Which) =>
  db.select({ count: count() }).from(passkeyTable).where(isPasskeyOfCustomer(p))
