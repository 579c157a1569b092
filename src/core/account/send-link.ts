import { type Context, commitUntold, mayUse } from '#core/context'
import { mailing } from '#core/mail'
import { type Accepted, answer } from './answer.ts'
import * as query from './generated/query.ts'

/**
 * Staff has a customer mailed a link to set a new password; also how someone gets into an account that a service made. Refuses
 * `customer_not_found`, `customer_merged`, `customer_is_guest`, `customer_disabled`.
 */
export const sendPasswordReset = (ctx: Context, customerId: string): Promise<Accepted> =>
  sendLink(ctx, customerId, query.sendPasswordReset)

/**
 * Staff has a customer mailed the link to verify the address. Refuses `customer_not_found`, `customer_merged`,
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
  await commitUntold(ctx, {
    answer: send({ ...mailing(ctx), customerId }).asAnswer(customerId),
  })
  return answer
}
