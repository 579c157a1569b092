import { and, eq, exists, notExists, or, sql } from 'drizzle-orm'
import { customerTable, eventTable, passkeyTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { spendProof, spendProofParams } from '#query/identity'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { isPasskeyOfCustomer, passkeysOfCustomer } from './passkeys-of-customer.ts'

/** A passkey by its credential id (WebAuthn), with the status of its account. */
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
  ...appendEventParams,
  ...spendProofParams,
  ...pick(passkeyTable, 'id', 'customerId', 'counter', 'backedUp'),
}
type Using = ValuesOf<typeof using>

/** Whether the authenticator's counter did not rise. An authenticator whose counter is always 0 does not count. */
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
export const spendChallengeAndLockCustomer = useCase(
  'spend_challenge_and_lock_customer',
  using,
  (p) => [
    lockCustomer({ tenant: p.tenant, id: p.customerId }),
    spendProof(p, 'invalid_credentials'),
    refuseWhen({
      invalid_credentials: notExists(passkeysOfCustomer(p, eq(passkeyTable.id, p.id))),
    }),
    appendEvent(
      p,
      raiseSequence({ ...p, id: p.customerId }, exists(passkeysOfCustomer(p, wentBack(p)))),
      () => ({ type: 'customer.passkey_reused', data: { passkeyId: sql`${p.id}` } }),
    ),
    db
      .update(passkeyTable)
      .set({
        counter: sql`greatest(${passkeyTable.counter}, ${p.counter})`,
        backedUp: p.backedUp,
        lastUsedAt: p.now,
      })
      .where(isPasskeyOfCustomer(p, eq(passkeyTable.id, p.id)))
      .returning({
        isReused: sqlType.flag(
          exists(
            db
              .select({ id: eventTable.id })
              .from(eventTable)
              .where(and(eq(eventTable.tenant, p.tenant), eq(eventTable.id, p.event))),
          ),
        ),
      }),
  ],
)
