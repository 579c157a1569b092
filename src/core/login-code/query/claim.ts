import { and, eq, exists, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { refuseWhen } from '#db/builder'
import { customerTable } from '#db/schema'
import { noAnswer, useCase, type ValuesOf } from '#db/use-case'
import { lockCustomer } from '#lock/customer'
import { accountThat, takeOver, takingOver, tellTakeover, voidAttempts } from '#query/account'
import { assignDefaults, isBookStamped } from '#query/address'
import { letterTo, mailing, postMail } from '#query/mail'
import { enqueueMergeInto, merging } from '#query/merge'
import { deleteSessions, endDevices, endIntentions } from '#query/session'
import { endLinks, hasLinks } from '#query/upstream'
import { spend, spendingCode } from './spend.ts'

const params = {
  ...takingOver,
  ...mailing,
  ...merging,
  ...spendingCode,
  emailKey: customerTable.emailKey,
}
type Params = ValuesOf<typeof params>

const isUnproven = isNull(customerTable.emailVerifiedAt)
/** Whether there is a login from before the first proof, which a stranger may have made. */
const isVoid = (p: Params) =>
  and(isUnproven, or(isNotNull(customerTable.passwordHash), hasLinks(p)))

/**
 * The owner of an inbox, who has typed the code of a mail, takes the account over, as by a reset. The first proof voids a password and linked
 * identities from before it, and then ends the sessions of before. Refuses `invalid_credentials`, also if the account was closed meanwhile.
 */
export const claimByCode = useCase('claim_by_code', params, (p) => [
  lockCustomer({ tenant: p.tenant, id: p.customerId }),
  ...spend(p),
  refuseWhen({ invalid_credentials: notExists(accountThat(p, isIts(p))) }),
  postMail(p, letterTo(p, { template: 'password_voided' }, isVoid(p))),
  deleteSessions(p, exists(accountThat(p, isVoid(p)))),
  endDevices(p, isVoid(p)),
  endLinks(p, exists(accountThat(p, isUnproven))),
  endIntentions(p, exists(accountThat(p, isUnproven))),
  takeOver(p, sql`case when ${isUnproven} then null else ${customerTable.passwordHash} end`),
  assignDefaults(p, undefined, isBookStamped),
  voidAttempts(p),
  tellTakeover(p),
  enqueueMergeInto(p, p.customerId),
  noAnswer,
])

const isIts = (p: Params) =>
  and(
    eq(customerTable.emailKey, p.emailKey),
    inArray(customerTable.status, ['unverified', 'active']),
  )
