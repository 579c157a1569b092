import { and, eq, exists, isNotNull, type SQL } from 'drizzle-orm'
import { db, refuseWhen } from '#db/builder'
import { customerTable } from '#db/schema'
import { noAnswer, useCase } from '#db/use-case'
import { customerRefusals, isCustomer, lockCustomer } from '#lock/customer'
import { letterTo, linkFor, mailing, postMail } from '#query/mail'

const params = { ...mailing, customerId: customerTable.id }

/** Mails a customer a link. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`, `customer_disabled`. */
const sendLink = (name: string, link: 'verify' | 'reset', refused?: SQL) =>
  useCase(name, params, (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isSo = (condition: SQL) =>
      exists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isCustomer(which), condition)),
      )
    return [
      lockCustomer(which),
      refuseWhen({
        ...customerRefusals(which),
        customer_is_guest: isSo(eq(customerTable.status, 'guest')),
        customer_disabled: isSo(eq(customerTable.status, 'disabled')),
        ...(refused && { email_already_verified: isSo(refused) }),
      }),
      postMail(p, letterTo(p, { template: link, ...linkFor(link) })),
      noAnswer,
    ]
  })

export const sendPasswordReset = sendLink('send_password_reset', 'reset')

/** Refuses `email_already_verified`, too. */
export const sendVerification = sendLink(
  'send_verification',
  'verify',
  isNotNull(customerTable.emailVerifiedAt),
)
