import { and, eq, exists, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import {
  appendTakeover,
  selectAccountWhere,
  takeOverAccount,
  takeoverParams,
  voidAttempts,
} from '#query/account'
import { areAddressesInNextVersion, assignDefaults } from '#query/address'
import { enqueueMail, letterToCustomer, mailParams } from '#query/mail'
import { enqueueMergeIntoAccount, enqueueMergeParams } from '#query/merge'
import { endPasskeys, endPasskeysParams, hasPasskeys } from '#query/passkey'
import { deleteSessions, endDeviceTokens, endIntentions } from '#query/session'
import { endLinkedIdentities, hasLinkedIdentities } from '#query/upstream'
import { spendCodeParams, spendCodesOfHandle } from './spend.ts'

const owner = {
  ...spendCodeParams,
  customerId: customerTable.id,
  emailKey: customerTable.emailKey,
}
type Owner = ValuesOf<typeof owner>

/** Lets the owner of an already claimed account log in. Refuses `invalid_credentials`, also if the account was closed meanwhile. */
export const spendCodeAndLockCustomer = useCase('spend_code_and_lock_customer', owner, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  ...spendCodesOfHandle(p),
  refuseWhen({ invalid_credentials: notExists(selectAccountWhere(p, isIts(p))) }),
  noAnswer,
])

const params = {
  ...takeoverParams,
  ...mailParams,
  ...enqueueMergeParams,
  ...owner,
  ...endPasskeysParams,
}
type Params = ValuesOf<typeof params>

const isUnproven = isNull(customerTable.emailVerifiedAt)
/** A provisional account has the language of the person who typed its password. */
const ownLocale = sql`case when not ${customerTable.provisional} then ${customerTable.locale} end`

/** Whether the account has a way to log in from before its first proof. A stranger may have made it. */
const isVoid = (p: Params) =>
  and(isUnproven, or(isNotNull(customerTable.passwordHash), hasPasskeys(p), hasLinkedIdentities(p)))

/**
 * The owner of an inbox takes the account over by the code of a mail, as by a reset. If this is the first proof of the address, it voids an earlier password, earlier passkeys and linked identities, and ends earlier sessions. Refuses `invalid_credentials`, also if the account was closed meanwhile.
 */
export const claimAccountByCode = useCase('claim_account_by_code', params, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  ...spendCodesOfHandle(p),
  refuseWhen({ invalid_credentials: notExists(selectAccountWhere(p, isIts(p))) }),
  enqueueMail(
    p,
    letterToCustomer(p, { template: 'password_voided', locale: ownLocale }, isVoid(p)),
  ),
  deleteSessions(p, exists(selectAccountWhere(p, isVoid(p)))),
  endDeviceTokens(p, isVoid(p)),
  ...endPasskeys(p, exists(selectAccountWhere(p, isUnproven))),
  endLinkedIdentities(p, exists(selectAccountWhere(p, isUnproven))),
  endIntentions(p, exists(selectAccountWhere(p, isUnproven))),
  takeOverAccount(p, sql`case when ${isUnproven} then null else ${customerTable.passwordHash} end`),
  assignDefaults(p, undefined, areAddressesInNextVersion),
  voidAttempts(p),
  appendTakeover(p),
  enqueueMergeIntoAccount(p, p.customerId),
  noAnswer,
])

const isIts = (p: Owner) =>
  and(
    eq(customerTable.emailKey, p.emailKey),
    inArray(customerTable.status, ['unverified', 'active']),
  )
