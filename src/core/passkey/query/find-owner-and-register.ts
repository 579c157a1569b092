import { and, eq, exists, isNotNull, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { customerTable, passkeyTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isThisCustomer } from '#lock/customer'
import { spendProof, spendProofParams } from '#query/identity'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { passkeyFields } from '../field-list.ts'
import { countPasskeys, isPasskeyOfCustomer } from './passkeys-of-customer.ts'
import { passkeySelection } from './selection.ts'

/** The person for whom an authenticator is to make a passkey: a row for each passkey that the account has, or one row without. */
export const findPasskeyOwner = useCase(
  'find_person_of_passkeys',
  pick(passkeyTable, 'tenant', 'customerId'),
  (p) => [
    db
      .select({
        ...pick(customerTable, 'email', 'firstName', 'lastName'),
        passkey: pick(passkeyTable, 'credentialId', 'transports', 'userHandle'),
      })
      .from(customerTable)
      .leftJoin(passkeyTable, isPasskeyOfCustomer(p))
      .where(isThisCustomer({ tenant: p.tenant, id: p.customerId }))
      .orderBy(passkeyTable.id),
  ],
)

/**
 * Adds a passkey, in a commit that has locked the account by a fresh proof of its owner. Spends the challenge and mails the owner. Refuses
 * `passkey_invalid`, `passkey_exists`, `passkey_limit_reached`.
 */
export const registerPasskey = useCase(
  'register_passkey',
  {
    ...appendEventParams,
    ...mailParams,
    ...spendProofParams,
    ...pick(passkeyTable, 'id', 'customerId', 'credentialId', 'publicKey', 'counter', 'rpId'),
    ...pick(passkeyTable, 'transports', 'deviceType', 'backedUp', 'aaguid', 'userHandle'),
    ...inputColumns(passkeyFields, passkeyTable),
    limit: sqlType.int,
  },
  (p) => [
    spendProof(p, 'passkey_invalid'),
    refuseWhen({
      passkey_exists: exists(
        db
          .select({ id: passkeyTable.id })
          .from(passkeyTable)
          .where(
            and(eq(passkeyTable.tenant, p.tenant), eq(passkeyTable.credentialId, p.credentialId)),
          ),
      ),
      passkey_limit_reached: sql`(${countPasskeys(p)}) >= ${p.limit}`,
    }),
    db.insert(passkeyTable).values({ ...p, createdAt: p.now }),
    appendEvent(p, raiseSequence({ ...p, id: p.customerId }), () => ({
      type: 'customer.passkey_added',
      data: { passkeyId: sql`${p.id}` },
    })),
    enqueueMail(
      p,
      letterToCustomer(p, { template: 'passkey_added' }, isNotNull(customerTable.emailVerifiedAt)),
    ),
    db
      .select({ passkey: passkeySelection(passkeyTable) })
      .from(passkeyTable)
      .where(and(eq(passkeyTable.tenant, p.tenant), eq(passkeyTable.id, p.id))),
  ],
)
