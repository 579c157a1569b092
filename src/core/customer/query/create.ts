import { and, eq, exists, notExists, or, type SQL, sql } from 'drizzle-orm'
import { db, pick, refuseWhen } from '#db/builder'
import { inputColumns } from '#db/input'
import { kind } from '#db/kind'
import { customerTable } from '#db/schema'
import { newJob, noAnswer, useCase, type ValuesOf } from '#db/use-case'
import type { RefusalCode } from '#kernel/error'
import { appendEvent, appending } from '#query/outbox'
import { customerFields } from '../field.ts'
import { call } from '../generated/call.ts'
import { isAccount, ofAccounts } from './condition.ts'
import { isCustomer, lockEmail } from './lock.ts'
import { customerRow } from './selection.ts'

const account = {
  ...appending,
  ...inputColumns(customerFields, customerTable),
  ...pick(customerTable, 'id', 'emailKey', 'firstNameKey', 'lastNameKey', 'passwordHash'),
}

/**
 * The account of an e-mail address, made when there is none; with `mustBeNew` one that exists is refused. An account that only a
 * login in a storefront made does not count, and makes room. Whoever wants the same address or external id waits. Refuses
 * `email_taken`, `external_id_taken`.
 */
export const createCustomer = useCase(
  'create_customer',
  {
    ...account,
    mustBeNew: kind.flag,
    displacedEvent: kind.text,
    displacedJob: newJob('announce'),
    currency: kind.text,
  },
  (p) => [
    lockEmail(p.tenant, p.emailKey),
    sql`select ${call.displaceProvisional({
      tenant: p.tenant,
      emailKey: p.emailKey,
      event: p.displacedEvent,
      job: p.displacedJob,
      actor: p.actor,
      request: p.request,
      now: p.now,
    })} where ${exists(accountOf(p, eq(customerTable.provisional, true)))}`,
    refuseWhen({ email_taken: and(sql`${p.mustBeNew}`, exists(accountOf(p))) }),
    appendEvent(p, insertAccount(p, { status: 'unverified' }), () => ({
      type: 'customer.created',
    })),
    // Whoever writes the address waits for its lock, so only one who does not ask for it can have been faster.
    refuseWhen({
      try_again: notExists(accountOf(p, or(sql`not ${p.mustBeNew}`, eq(customerTable.id, p.id)))),
    }),
    db
      .select({
        created: kind.flag(eq(customerTable.id, p.id)),
        ...customerRow(customerTable, p.currency),
      })
      .from(customerTable)
      .where(isAccountOf(p)),
  ],
)

/**
 * An account that its owner asked for, with the standing that the caller says. Refuses what `taken` says when the address has one.
 */
export const createAccount = useCase(
  'create_account',
  {
    ...account,
    ...pick(customerTable, 'status', 'provisional', 'emailVerifiedAt'),
    taken: kind.textOf<RefusalCode>(),
  },
  (p) => [
    lockEmail(p.tenant, p.emailKey),
    sql`select refuse(${p.taken}) where ${exists(accountOf(p))}`,
    appendEvent(p, insertAccount(p, p), () => ({ type: 'customer.created' })),
    refuseWhen({ try_again: notExists(accountOf(p, isCustomer(p))) }),
    noAnswer,
  ],
)

type Account = ValuesOf<typeof account>
type Which = Pick<Account, 'tenant' | 'emailKey'>

const isAccountOf = (it: Which): SQL | undefined =>
  and(
    eq(customerTable.tenant, it.tenant),
    eq(customerTable.emailKey, it.emailKey),
    isAccount(customerTable),
  )

const accountOf = (it: Which, when?: SQL) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(isAccountOf(it), when))

type Standing = Pick<
  typeof customerTable.$inferInsert,
  'status' | 'provisional' | 'emailVerifiedAt'
>

/** Nothing is inserted when the address has an account. */
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
      where: ofAccounts,
    })
    .returning()
