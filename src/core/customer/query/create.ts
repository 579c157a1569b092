import { and, eq, exists, notExists, or, type SQL, sql } from 'drizzle-orm'
import { inputColumns } from '#db/input-fields'
import { customerTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, evaluateForEffect, pick, refuseWhen } from '#db/statement-builders'
import { newJobParameter, noAnswer, useCase, type ValuesOf } from '#db/use-case'
import type { RefusalCode } from '#kernel/error'
import { appendEvent, appendEventParams } from '#query/outbox'
import { customerFields } from '../field-list.ts'
import { call } from '../generated/call.ts'
import { accountIndexCondition, isAccount } from './condition.ts'
import { lockEmail } from './lock.ts'
import { customerRow } from './selection.ts'

const account = {
  ...appendEventParams,
  ...inputColumns(customerFields, customerTable),
  ...pick(customerTable, 'id', 'emailKey', 'firstNameKey', 'lastNameKey', 'passwordHash'),
}

/**
 * Finds the account of an e-mail address, or creates it. With `mustBeNew` it refuses an existing account. A provisional account,
 * which a storefront login made, does not count and makes room. A second transaction for the same address or external id waits.
 * Refuses `email_taken`, `external_id_taken`.
 */
export const findOrInsertCustomer = useCase(
  'find_or_insert_customer',
  {
    ...account,
    mustBeNew: sqlType.flag,
    displacedEvent: sqlType.text,
    displacedJob: newJobParameter('announce'),
    serviceKeys: sqlType.texts,
    currency: sqlType.text,
  },
  (p) => [
    lockEmail(p.tenant, p.emailKey),
    evaluateForEffect(
      call.displaceProvisional({ ...p, event: p.displacedEvent, job: p.displacedJob }),
      exists(accountOf(p, eq(customerTable.provisional, true))),
    ),
    refuseWhen({ email_taken: and(sql`${p.mustBeNew}`, exists(accountOf(p))) }),
    appendEvent(p, insertAccount(p, { status: 'unverified' }), () => ({
      type: 'customer.created',
    })),
    // Only a transaction that does not take the lock of the address can have been faster.
    refuseWhen({
      try_again: notExists(accountOf(p, or(sql`not ${p.mustBeNew}`, eq(customerTable.id, p.id)))),
    }),
    db
      .select({
        created: sqlType.flag(eq(customerTable.id, p.id)),
        ...customerRow(customerTable, p.currency),
      })
      .from(customerTable)
      .where(isAccountOf(p)),
  ],
)

/**
 * Creates an account that its owner asked for, with the given standing. Refuses with the code `taken` if the address has an account.
 */
export const createRequestedAccount = useCase(
  'create_requested_account',
  {
    ...account,
    ...pick(customerTable, 'status', 'provisional', 'emailVerifiedAt'),
    taken: sqlType.textOf<RefusalCode>(),
  },
  (p) => [
    lockEmail(p.tenant, p.emailKey),
    evaluateForEffect(sql`refuse(${p.taken})`, exists(accountOf(p))),
    appendEvent(p, insertAccount(p, p), () => ({ type: 'customer.created' })),
    refuseWhen({ try_again: notExists(accountOf(p, eq(customerTable.id, p.id))) }),
    noAnswer,
  ],
)

type Account = ValuesOf<typeof account>
type Which = Pick<Account, 'tenant' | 'emailKey'>

const isAccountOf = (which: Which): SQL | undefined =>
  and(
    eq(customerTable.tenant, which.tenant),
    eq(customerTable.emailKey, which.emailKey),
    isAccount(customerTable),
  )

const accountOf = (which: Which, when?: SQL) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(isAccountOf(which), when))

type Standing = Pick<
  typeof customerTable.$inferInsert,
  'status' | 'provisional' | 'emailVerifiedAt'
>

/** Inserts nothing if the address has an account. */
const insertAccount = (
  p: Account,
  { status, provisional = false, emailVerifiedAt = null }: Standing,
) =>
  db
    .insert(customerTable)
    .values({
      ...p,
      status,
      provisional,
      emailVerifiedAt,
      claimedAt: emailVerifiedAt,
      sequence: 1,
      createdAt: p.now,
      updatedAt: p.now,
    })
    .onConflictDoNothing({
      target: [customerTable.tenant, customerTable.emailKey],
      where: accountIndexCondition,
    })
    .returning()
