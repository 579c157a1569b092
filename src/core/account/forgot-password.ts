import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey } from '#core/customer'
import { askedMailing } from '#core/mail'
import { type Accepted, answer } from './answer.ts'
import * as query from './generated/query.ts'

export const ForgotPassword = z
  .strictObject({ email: Email })
  .meta({ id: 'ForgotPassword', examples: [{ email: 'jane@example.com' }] })
export type ForgotPassword = z.output<typeof ForgotPassword>

/** A link to set a new password, to the owner of an account with the address. The same answer and work for every address. */
export async function forgotPassword(ctx: Context, { email }: ForgotPassword): Promise<Accepted> {
  const key = emailKey(email)
  await commitQuietly(ctx, {
    mail: query.forgotPassword({ ...askedMailing(ctx, key), emailKey: key }),
  })
  return answer
}
