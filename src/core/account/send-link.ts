import { type Context, commitWithoutEvent, mayUse } from '#core/context'
import { mailing } from '#core/mail'
import { type Accepted, answer } from './answer.ts'
import * as query from './generated/query.ts'

/**
 * Staff mails a customer a link to set a new password. The owner of an account that a service created gets in this way, too. Refuses
 * `customer_not_found`, `customer_merged`, `customer_is_guest`, `customer_disabled`.
 */
export const sendPasswordReset = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, query.sendPasswordReset)

/**
 * Staff mails a customer the link to verify the address. Refuses `customer_not_found`, `customer_merged`,
 * `customer_is_guest`, `customer_disabled`, `email_already_verified`.
 */
export const sendVerification = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, query.sendVerification)

async function sendLink(
  ctx: Context,
  customerId: string,
  send: typeof query.sendPasswordReset | typeof query.sendVerification,
): Promise<Accepted> {
  mayUse(ctx, 'customer:write')
  await commitWithoutEvent(ctx, {
    answer: send({ ...mailing(ctx), customerId }).asAnswer(customerId),
  })
  return answer
}
