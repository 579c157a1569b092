import { and, eq, exists, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { refuseWhen } from '#db/builder'
import { customerTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { accountThat, appendTakeover, takeOver, takingOver, voidAttempts } from '#query/account'
import { assignDefaults, isBookStamped } from '#query/address'
import { letterTo, mailing, postMail } from '#query/mail'
import { enqueueMergeInto, merging } from '#query/merge'
import { endingPasskeys, endPasskeys, hasPasskeys } from '#query/passkey'
import { deleteSessions, endDevices, endIntentions } from '#query/session'
import { endLinks, hasLinks } from '#query/upstream'
import { spend, spendingCode } from './spend.ts'

const owner = {
  ...spendingCode,
  customerId: customerTable.id,
  emailKey: customerTable.emailKey,
}
type Owner = ValuesOf<typeof owner>

/** Lets the owner of an account in that is claimed already. Refuses `invalid_credentials`, also if the account was closed meanwhile. */
export const enterByCode = useCase('enter_by_code', owner, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  ...spend(p),
  refuseWhen({ invalid_credentials: notExists(accountThat(p, isIts(p))) }),
  noAnswer,
])

const params = {
  ...takingOver,
  ...mailing,
  ...merging,
  ...owner,
  ...endingPasskeys,
}
type Params = ValuesOf<typeof params>

const isUnproven = isNull(customerTable.emailVerifiedAt)
/** A provisional account has the language of the person who typed its password. */
const ownLocale = sql`case when not ${customerTable.provisional} then ${customerTable.locale} end`

/** Whether there is a login from before the first proof, which a stranger may have made. */
const isVoid = (p: Params) =>
  and(isUnproven, or(isNotNull(customerTable.passwordHash), hasPasskeys(p), hasLinks(p)))

/**
 * The owner of an inbox, who has typed the code of a mail, takes the account over, as by a reset. The first proof voids a password, passkeys and linked
 * identities from before it, and then ends the sessions of before. Refuses `invalid_credentials`, also if the account was closed meanwhile.
 */
export const claimByCode = useCase('claim_by_code', params, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  ...spend(p),
  refuseWhen({ invalid_credentials: notExists(accountThat(p, isIts(p))) }),
  postMail(p, letterTo(p, { template: 'password_voided', locale: ownLocale }, isVoid(p))),
  deleteSessions(p, exists(accountThat(p, isVoid(p)))),
  endDevices(p, isVoid(p)),
  ...endPasskeys(p, exists(accountThat(p, isUnproven))),
  endLinks(p, exists(accountThat(p, isUnproven))),
  endIntentions(p, exists(accountThat(p, isUnproven))),
  takeOver(p, sql`case when ${isUnproven} then null else ${customerTable.passwordHash} end`),
  assignDefaults(p, undefined, isBookStamped),
  voidAttempts(p),
  appendTakeover(p),
  enqueueMergeInto(p, p.customerId),
  noAnswer,
])

const isIts = (p: Owner) =>
  and(
    eq(customerTable.emailKey, p.emailKey),
    inArray(customerTable.status, ['unverified', 'active']),
  )
