import { and, eq, isNotNull, notExists, sql } from 'drizzle-orm'
import { inputColumns, writableFieldNames } from '#db/input-fields'
import { customerTable, passkeyTable } from '#db/schema'
import { db, pick, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { appendEvent, appendEventParams, raiseSequence } from '#query/outbox'
import { passkeyFields } from '../field-list.ts'
import { isPasskeyOfCustomer, passkeysOfCustomer } from './passkeys-of-customer.ts'
import { passkeySelection } from './selection.ts'

/** The passkeys of a customer, the oldest first. */
export const listPasskeys = useCase(
  'list_passkeys',
  pick(passkeyTable, 'tenant', 'customerId'),
  (p) => [
    db
      .select({ passkey: passkeySelection(passkeyTable) })
      .from(passkeyTable)
      .where(isPasskeyOfCustomer(p))
      .orderBy(passkeyTable.id),
  ],
)

/** Names a passkey of a customer. No row: the customer has none with this id. */
export const renamePasskey = useCase(
  'rename_passkey',
  {
    ...pick(passkeyTable, 'tenant', 'id', 'customerId'),
    ...inputColumns(passkeyFields, passkeyTable),
  },
  (p) => [
    db
      .update(passkeyTable)
      .set(pick(p, ...writableFieldNames(passkeyFields)))
      .where(isPasskeyOfCustomer(p, eq(passkeyTable.id, p.id)))
      .returning({ passkey: passkeySelection(passkeyTable) }),
  ],
)

/**
 * Removes a passkey, in a commit that has locked the account by a fresh proof of its owner, and mails the owner. Refuses
 * `passkey_not_found`.
 */
export const removePasskey = useCase(
  'remove_passkey',
  { ...appendEventParams, ...mailParams, ...pick(passkeyTable, 'id', 'customerId') },
  (p) => [
    refuseWhen({ passkey_not_found: notExists(passkeysOfCustomer(p, eq(passkeyTable.id, p.id))) }),
    db
      .delete(passkeyTable)
      .where(and(eq(passkeyTable.tenant, p.tenant), eq(passkeyTable.id, p.id))),
    appendEvent(p, raiseSequence({ ...p, id: p.customerId }), () => ({
      type: 'customer.passkey_removed',
      data: { passkeyIds: sql`jsonb_build_array(${p.id})` },
    })),
    enqueueMail(
      p,
      letterToCustomer(
        p,
        { template: 'passkey_removed' },
        isNotNull(customerTable.emailVerifiedAt),
      ),
    ),
    noAnswer,
  ],
)
