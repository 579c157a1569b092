import { and, eq, exists, notExists, or, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, eventTable, passkeyTable } from '#db/schema'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { spendingProof, spendProof } from '#query/identity'
import { appendEvent, appending, raiseSequence } from '#query/outbox'
import { isPasskeyOf, passkeysOf } from './own.ts'

/** A passkey by the name that its authenticator has for it, with the status of its account. */
export const findPasskey = useCase(
  'find_passkey',
  pick(passkeyTable, 'tenant', 'credentialId'),
  (p) => [
    db
      .select({
        ...pick(passkeyTable, 'id', 'customerId', 'publicKey', 'rpId', 'userHandle'),
        status: customerTable.status,
      })
      .from(passkeyTable)
      .innerJoin(
        customerTable,
        and(
          eq(customerTable.tenant, passkeyTable.tenant),
          eq(customerTable.id, passkeyTable.customerId),
        ),
      )
      .where(and(eq(passkeyTable.tenant, p.tenant), eq(passkeyTable.credentialId, p.credentialId))),
  ],
)

const using = {
  ...appending,
  ...spendingProof,
  ...pick(passkeyTable, 'id', 'customerId', 'counter', 'backedUp'),
}
type Using = ValuesOf<typeof using>

/** Whether an authenticator counts fewer uses than it did before. One that always says 0 does not count. */
const wentBack = (p: Using) =>
  and(
    eq(passkeyTable.id, p.id),
    or(sql`${passkeyTable.counter} > 0`, sql`${p.counter} > 0`),
    sql`${p.counter} <= ${passkeyTable.counter}`,
  )

/**
 * Uses a passkey, at the head of a commit that its proof allows: locks its account and spends the challenge. An event tells of a counter
 * that went back; the greater one stays. Refuses `invalid_credentials` if the challenge was spent or the passkey removed meanwhile.
 */
export const usePasskey = useCase('use_passkey', using, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  spendProof(p, 'invalid_credentials'),
  refuseWhen({ invalid_credentials: notExists(passkeysOf(p, eq(passkeyTable.id, p.id))) }),
  appendEvent(
    p,
    raiseSequence({ ...p, id: p.customerId }, exists(passkeysOf(p, wentBack(p)))),
    () => ({ type: 'customer.passkey_reused', data: { passkeyId: sql`${p.id}` } }),
  ),
  db
    .update(passkeyTable)
    .set({
      counter: sql`greatest(${passkeyTable.counter}, ${p.counter})`,
      backedUp: p.backedUp,
      lastUsedAt: p.now,
    })
    .where(isPasskeyOf(p, eq(passkeyTable.id, p.id)))
    .returning({
      isReused: kind.flag(
        exists(
          db
            .select({ id: eventTable.id })
            .from(eventTable)
            .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, p.event))),
        ),
      ),
    }),
])
