import { and, eq, exists, notExists, or, type SQL, sql } from 'drizzle-orm'
import { db, insertFrom, refuseWhen } from '#db/builder'
import { fieldsWith } from '#db/field'
import { kind } from '#db/kind'
import { addressTable, customerTable, failureTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { customerFields } from '#field/customer'
import { isCustomer, lockCustomer } from '#lock/customer'
import { assignDefaults, isBookStamped } from '#query/address'
import { letterTo, mailing, postMail } from '#query/mail'
import { enqueueMergeInto, merging } from '#query/merge'
import { appendEvent, appending, isStamped, raiseVersion, stamped } from '#query/outbox'
import { deleteSessions, endDevices, endIntentions } from '#query/session'
import { spending, spendToken } from './mail-token.ts'
import { passwordTemplate } from './password-template.ts'
import { voidAttempts } from './void.ts'

const params = {
  ...appending,
  ...mailing,
  ...spending,
  ...merging,
  customerId: customerTable.id,
  /** Null: the password stays. */
  passwordHash: kind.orNull(kind.text),
  /** Whether to drop the data that others than the owner of the address may have written. */
  drop: kind.flag,
  /** The metadata keys that only services write; they are never dropped. */
  serviceKeys: kind.texts,
  /** The first part of the key that says that the owner has opened the caller's place; null: it has no place. */
  opened: kind.orNull(kind.text),
}
type Params = ValuesOf<typeof params>

const which = (p: Params) => ({ tenant: p.tenant, id: p.customerId })

const account = (p: Params, condition: SQL) =>
  db
    .select({ id: customerTable.id })
    .from(customerTable)
    .where(and(isCustomer(which(p)), condition))

/**
 * The owner of an address, who has proven it by a link, takes an account over with this password. All earlier sessions and links are
 * void. A mail tells of a first or another password. Refuses `mail_token_invalid`.
 */
export const claimAccount = useCase('claim_account', params, (p) => [
  ...spendToken(p),
  lockCustomer(which(p)),
  refuseWhen({
    mail_token_invalid: notExists(
      account(p, sql`${customerTable.status} in ('unverified', 'active')`),
    ),
  }),
  postMail(p, letterTo(p, { template: passwordTemplate }, isNewPassword(p))),
  takeOver(p),
  assignDefaults(p, undefined, isBookStamped),
  deleteSessions(p),
  endDevices(p),
  endIntentions(p),
  voidAttempts(p),
  openPlace(p),
  appendEvent(p, raiseVersion({ ...which(p), now: p.now }, [], isStamped), (customer) => ({
    type: sql`case when (${customer.changedAt} ->> 'emailVerified')::int = ${customer.version}
      then 'customer.email_verified' else 'customer.updated' end`,
    changed: 'stamped',
  })),
  enqueueMergeInto(p, p.customerId),
  noAnswer,
])

/** The place from which the owner has proven the inbox waits for no failures of other places. `reserve_try` reads it. */
const openPlace = (p: Params) =>
  insertFrom(
    failureTable,
    {
      tenant: p.tenant,
      key: sql<string>`${p.opened} || ' ' || ${p.customerId}`,
      customerId: p.customerId,
      count: sql<number>`0`,
      lastAt: p.now,
      blockedUntil: sql<string>`'-infinity'::timestamptz`,
    },
    sql`where ${p.opened} is not null`,
  ).onConflictDoUpdate({
    target: [failureTable.tenant, failureTable.key],
    set: { lastAt: p.now },
  })

const isNewPassword = (p: Params) =>
  and(
    sql`${p.passwordHash} is not null`,
    sql`${customerTable.passwordHash} is distinct from ${p.passwordHash}`,
  )

/** Drops unproven contact data, and the whole profile of a provisional account. */
function takeOver(p: Params) {
  const isProvisional = exists(account(p, eq(customerTable.provisional, true)))
  const dropped = db.$with('dropped').as(
    db
      .delete(addressTable)
      .where(
        and(
          eq(addressTable.tenant, p.tenant),
          eq(addressTable.customerId, p.customerId),
          sql`${p.drop}`,
          or(eq(addressTable.unproven, true), isProvisional),
        ),
      )
      .returning({ id: addressTable.id }),
  )
  const dropsProfile = sql`(${p.drop} and ${customerTable.provisional})`
  const profile = Object.values(fieldsWith(customerFields, { claim: 'drop' })).map(
    ({ column }) => column,
  )
  const kept = sql`(select coalesce(jsonb_object_agg(m.key, m.value), '{}') from jsonb_each(${customerTable.metadata}) m
    where m.key = any(${p.serviceKeys}))`
  const emptyOf = (column: (typeof profile)[number]) => (column === 'metadata' ? kept : sql`null`)
  const cleared = profile.map((column) => [
    column,
    sql`case when ${dropsProfile} then ${emptyOf(column)} else ${customerTable[column]} end`,
  ])
  return db
    .with(dropped)
    .update(customerTable)
    .set({
      ...Object.fromEntries(cleared),
      firstNameKey: sql`case when ${dropsProfile} then '' else ${customerTable.firstNameKey} end`,
      lastNameKey: sql`case when ${dropsProfile} then '' else ${customerTable.lastNameKey} end`,
      passwordHash: sql`coalesce(${p.passwordHash}, ${customerTable.passwordHash})`,
      emailVerifiedAt: sql`coalesce(${customerTable.emailVerifiedAt}, ${p.now})`,
      claimedAt: sql`coalesce(${customerTable.claimedAt}, ${p.now})`,
      status: sql`case ${customerTable.status} when 'unverified' then 'active' else ${customerTable.status} end`,
      provisional: false,
      changedAt: stamped([
        ...profile.map((field) => ({
          field,
          differs: sql`(${dropsProfile} and ${customerTable[field]} is distinct from ${emptyOf(field)})`,
        })),
        { field: 'addresses', differs: exists(db.select({ id: dropped.id }).from(dropped)) },
        { field: 'status', differs: eq(customerTable.status, 'unverified') },
        { field: 'emailVerified', differs: sql`${customerTable.emailVerifiedAt} is null` },
      ]),
    })
    .where(isCustomer(which(p)))
}
