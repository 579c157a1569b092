import { and, notExists, or, sql } from 'drizzle-orm'
import { customerTable, failureTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { insertFrom, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { areAddressesInNextVersion, assignDefaults } from '#query/address'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { enqueueMergeIntoAccount, enqueueMergeParams } from '#query/merge'
import { endPasskeys, endPasskeysParams, hasPasskeys } from '#query/passkey'
import { deleteSessions, endDeviceTokens, endIntentions } from '#query/session'
import { endLinkedIdentities } from '#query/upstream'
import { spendToken, spendTokenParams } from './mail-token.ts'
import { passwordChangeMailTemplate } from './password-change-mail-template.ts'
import { appendTakeover, selectAccountWhere, takeOverAccount, takeoverParams } from './take-over.ts'
import { voidAttempts } from './void-attempts.ts'

const params = {
  ...takeoverParams,
  ...mailParams,
  ...spendTokenParams,
  ...enqueueMergeParams,
  ...endPasskeysParams,
  /** Null: the password stays. */
  passwordHash: sqlType.orNull(sqlType.text),
  /** The first part of the key that says that the owner has opened the caller's place; null: it has no place. */
  opened: sqlType.orNull(sqlType.text),
}
type Params = ValuesOf<typeof params>

const which = (p: Params) => ({ tenant: p.tenant, id: p.customerId })

/**
 * The owner of an address, who has proven it by a link, takes an account over with this password. All earlier sessions and links are
 * void, and so are all passkeys and linked identities where others may have written data. A mail tells of a first or another password. Refuses
 * `mail_token_invalid`.
 */
export const claimAccount = useCase('claim_account', params, (p) => [
  ...spendToken(p),
  lockCustomer(which(p)),
  refuseWhen({
    mail_token_invalid: notExists(
      selectAccountWhere(p, sql`${customerTable.status} in ('unverified', 'active')`),
    ),
  }),
  enqueueMail(
    p,
    letterToCustomer(p, { template: templateOf(p) }, or(isNewPassword(p), losesPasskeys(p))),
  ),
  takeOverAccount(p, sql`coalesce(${p.passwordHash}, ${customerTable.passwordHash})`),
  assignDefaults(p, undefined, areAddressesInNextVersion),
  deleteSessions(p),
  endDeviceTokens(p),
  endIntentions(p),
  voidAttempts(p),
  openPlace(p),
  appendTakeover(p),
  ...endPasskeys(p, sql`${p.drop}`),
  endLinkedIdentities(p, sql`${p.drop}`),
  enqueueMergeIntoAccount(p, p.customerId),
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

/** Anyone with an earlier session could have added a passkey, so all passkeys are removed with the data that others may have written. */
const losesPasskeys = (p: Params) => sql`(${p.drop} and ${hasPasskeys(p)})`

const templateOf = (p: Params) =>
  sqlType.textOf<'password_set' | 'password_changed' | 'access_reset'>()(
    sql`case when ${losesPasskeys(p)} then 'access_reset' else ${passwordChangeMailTemplate} end`,
  )
