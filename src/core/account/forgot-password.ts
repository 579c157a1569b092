import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Email, emailKey } from '#core/customer'
import { DeviceToken } from '#core/identity'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import { type Accepted, acceptedAnswer } from './accepted-answer.ts'
import * as query from './generated/query.ts'

export const ForgotPassword = z
  .strictObject({ email: Email, deviceToken: DeviceToken })
  .meta({ id: 'ForgotPassword', examples: [{ email: 'jane@example.com' }] })
export type ForgotPassword = z.output<typeof ForgotPassword>

/** Mails the owner of an account a link to set a new password. Answer and work are the same for every address. */
export async function forgotPassword(
  ctx: Context,
  { email, deviceToken }: ForgotPassword,
): Promise<Accepted> {
  const key = emailKey(email)
  const mailing = boundedMailValues(ctx, key, { purpose: 'reset', deviceToken })
  await commitWithoutKey(ctx, { mail: query.forgotPassword({ ...mailing, emailKey: key }) })
  await printHeldMailForDeveloper(ctx, mailing)
  return acceptedAnswer
}
