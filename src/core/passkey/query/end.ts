import { and, exists, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/builder'
import { eventTable, passkeyTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { isPasskeyOf, passkeysOf } from './own.ts'

/** The parameters of a use case that ends passkeys besides what it does itself: the ids of their event and of its job. */
export const endingPasskeys = { passkeyEvent: eventTable.id, passkeyJob: newJob('announce') }

const all = { ...appending, ...endingPasskeys, customerId: passkeyTable.customerId }
type Params = ValuesOf<typeof all>

/** Whether a customer has passkeys. */
export const hasPasskeys = (p: Pick<Params, 'tenant' | 'customerId'>) => exists(passkeysOf(p))

/**
 * Removes all passkeys of a customer, and tells of it if there are any. Every act that voids the password needs it, where somebody else
 * may have set them up. @param when without it, always.
 */
export const endPasskeys = (p: Params, when: SQL = sql`true`) => [
  appendEvent(
    { ...p, event: p.passkeyEvent, job: p.passkeyJob },
    raiseSequence({ ...p, id: p.customerId }, and(when, hasPasskeys(p))),
    () => ({ type: 'customer.passkey_removed', data: { passkeyIds: sql`(${idsOf(p)})` } }),
  ),
  db.delete(passkeyTable).where(isPasskeyOf(p, when)),
]

const idsOf = (p: Params) =>
  db
    .select({ ids: sql`jsonb_agg(${passkeyTable.id} order by ${passkeyTable.id})` })
    .from(passkeyTable)
    .where(isPasskeyOf(p))
