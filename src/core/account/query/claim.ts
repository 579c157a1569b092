import { and, notExists, or, sql } from 'drizzle-orm'
import { insertFrom, refuseWhen } from '#db/builder'
import { kind } from '#db/kind'
import { customerTable, failureTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { assignDefaults, isBookStamped } from '#query/address'
import { letterTo, mailing, postMail } from '#query/mail'
import { enqueueMergeInto, merging } from '#query/merge'
import { endingPasskeys, endPasskeys, hasPasskeys } from '#query/passkey'
import { deleteSessions, endDevices, endIntentions } from '#query/session'
import { endLinks } from '#query/upstream'
import { spending, spendToken } from './mail-token.ts'
import { passwordTemplate } from './password-template.ts'
import { accountThat, appendTakeover, takeOver, takingOver } from './take-over.ts'
import { voidAttempts } from './void.ts'

const params = {
  ...takingOver,
  ...mailing,
  ...spending,
  ...merging,
  ...endingPasskeys,
  /** Null: the password stays. */
  passwordHash: kind.orNull(kind.text),
  /** The first part of the key that says that the owner has opened the caller's place; null: it has no place. */
  opened: kind.orNull(kind.text),
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
      accountThat(p, sql`${customerTable.status} in ('unverified', 'active')`),
    ),
  }),
  postMail(p, letterTo(p, { template: templateOf(p) }, or(isNewPassword(p), losesPasskeys(p)))),
  takeOver(p, sql`coalesce(${p.passwordHash}, ${customerTable.passwordHash})`),
  assignDefaults(p, undefined, isBookStamped),
  deleteSessions(p),
  endDevices(p),
  endIntentions(p),
  voidAttempts(p),
  openPlace(p),
  appendTakeover(p),
  ...endPasskeys(p, sql`${p.drop}`),
  endLinks(p, sql`${p.drop}`),
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

/** Anyone with an earlier session could have added a passkey, so all passkeys are removed with the data that others may have written. */
const losesPasskeys = (p: Params) => sql`(${p.drop} and ${hasPasskeys(p)})`

const templateOf = (p: Params) =>
  kind.textOf<'password_set' | 'password_changed' | 'access_reset'>()(
    sql`case when ${losesPasskeys(p)} then 'access_reset' else ${passwordTemplate} end`,
  )
