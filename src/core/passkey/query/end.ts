import { and, exists, type SQL, sql } from 'drizzle-orm'
import { eventTable, passkeyTable } from '#db/schema'
import { db } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { isPasskeyOfCustomer, passkeysOfCustomer } from './passkeys-of-customer.ts'

/** The parameters of a use case that ends passkeys besides what it does itself: the ids of their event and of its job. */
export const endPasskeysParams = {
  passkeyEvent: eventTable.id,
  passkeyJob: newJobParameter('announce'),
}

const all = { ...appendEventParams, ...endPasskeysParams, customerId: passkeyTable.customerId }
type Params = ValuesOf<typeof all>

/** Whether a customer has passkeys. */
export const hasPasskeys = (p: Pick<Params, 'tenant' | 'customerId'>) =>
  exists(passkeysOfCustomer(p))

/**
 * Removes all passkeys of a customer, and appends an event if there are any. Every action that voids a password must call it if a stranger may have added passkeys. @param when without it, always.
 */
export const endPasskeys = (p: Params, when: SQL = sql`true`) => [
  appendEvent(
    { ...p, event: p.passkeyEvent, job: p.passkeyJob },
    raiseSequence({ ...p, id: p.customerId }, and(when, hasPasskeys(p))),
    () => ({ type: 'customer.passkey_removed', data: { passkeyIds: sql`(${idsOf(p)})` } }),
  ),
  db.delete(passkeyTable).where(isPasskeyOfCustomer(p, when)),
]

const idsOf = (p: Params) =>
  db
    .select({ ids: sql`jsonb_agg(${passkeyTable.id} order by ${passkeyTable.id})` })
    .from(passkeyTable)
    .where(isPasskeyOfCustomer(p))
