import { type Context, commitWithoutEvent, mustHaveScope } from '#core/context'
import { newMailValues } from '#core/mail'
import type { MailTokenPurpose } from '#db/schema'
import { type Accepted, acceptedAnswer } from './accepted-answer.ts'
import * as query from './generated/query.ts'

/**
 * Staff mails a customer a link to set a new password, as if the customer had asked for it. Refuses `customer_not_found`,
 * `customer_merged`, `customer_is_guest`, `customer_disabled`.
 */
export const sendPasswordReset = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, 'reset', query.sendPasswordReset)

/**
 * Staff mails a customer the link to verify the address. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_already_verified`.
 */
export const sendVerification = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, 'verify', query.sendVerification)

/**
 * Staff invites the owner of an account that a service made: a mail with a link to choose a password, which claims the account. It
 * changes nothing of the customer. A repeat voids the earlier link. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `customer_is_active`.
 */
export const inviteCustomer = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, 'invite', query.sendInvitation)

type SendLink =
  | typeof query.sendPasswordReset
  | typeof query.sendVerification
  | typeof query.sendInvitation

async function sendLink(
  ctx: Context,
  customerId: string,
  purpose: MailTokenPurpose,
  send: SendLink,
): Promise<Accepted> {
  mustHaveScope(ctx, 'customer:write')
  await commitWithoutEvent(ctx, {
    answer: send({ ...newMailValues(ctx, purpose), customerId }).asAnswer(customerId),
  })
  return acceptedAnswer
}
