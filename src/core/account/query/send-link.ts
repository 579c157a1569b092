import { and, eq, exists, isNotNull, type SQL } from 'drizzle-orm'
import { customerTable } from '#db/schema'
import { db, refuseWhen } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import type { RefusalCode } from '#kernel/error'
import { customerRefusals, isThisCustomer, lockCustomer } from '#lock/customer'
import {
  enqueueMail,
  letterLinkColumns,
  letterToCustomer,
  mailParams,
  proofTemplate,
} from '#query/mail'

const params = { ...mailParams, customerId: customerTable.id }

type Link = {
  readonly purpose: Parameters<typeof letterLinkColumns>[0]
  readonly template: 'reset' | 'invitation' | ReturnType<typeof proofTemplate>
  /** The standing of an account that gets no such link, by the code of the refusal. */
  readonly refused?: Readonly<Partial<Record<RefusalCode, SQL>>>
}

/** Mails a customer a link. Refuses `customer_not_found`, `customer_merged`, `customer_is_guest`, `customer_disabled`. */
const sendLink = (name: string, { purpose, template, refused = {} }: Link) =>
  useCase(name, params, (p) => {
    const which = { tenant: p.tenant, id: p.customerId }
    const isSo = (condition: SQL) =>
      exists(
        db
          .select({ id: customerTable.id })
          .from(customerTable)
          .where(and(isThisCustomer(which), condition)),
      )
    return [
      lockCustomer(which),
      refuseWhen({
        ...customerRefusals(which),
        customer_is_guest: isSo(eq(customerTable.status, 'guest')),
        customer_disabled: isSo(eq(customerTable.status, 'disabled')),
        ...Object.fromEntries(Object.entries(refused).map(([code, is]) => [code, isSo(is)])),
      }),
      enqueueMail(p, letterToCustomer(p, { template, ...letterLinkColumns(purpose) })),
      noAnswer,
    ]
  })

export const sendPasswordReset = sendLink('send_password_reset', {
  purpose: 'reset',
  template: 'reset',
})

/** It also refuses `email_already_verified`. */
export const sendVerification = sendLink('send_verification', {
  purpose: 'verify',
  template: proofTemplate({
    tenant: customerTable.tenant,
    customerId: customerTable.id,
    emailKey: customerTable.emailKey,
  }),
  refused: { email_already_verified: isNotNull(customerTable.emailVerifiedAt) },
})

/** It also refuses `customer_is_active`: its owner has a login. */
export const sendInvitation = sendLink('send_invitation', {
  purpose: 'invite',
  template: 'invitation',
  refused: { customer_is_active: eq(customerTable.status, 'active') },
})
