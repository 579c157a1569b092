import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { askedMailing } from '#core/mail'
import { type Accepted, answer } from './answer.ts'
import { hashForAttempt } from './attempt.ts'
import * as query from './generated/query.ts'

export const ResendVerification = z
  .strictObject({
    email: Email,
    password: Password.optional().meta({
      description: 'Of several registrations of one address, that with this password is meant',
    }),
  })
  .meta({ id: 'ResendVerification', examples: [{ email: 'jane@example.com' }] })
export type ResendVerification = z.output<typeof ResendVerification>

/** The link to verify an address once more, a new one; the old one is void. The same answer and work for every address. */
export async function resendVerification(
  ctx: Context,
  { email, password }: ResendVerification,
): Promise<Accepted> {
  const key = emailKey(email)
  const hash = password === undefined ? null : await hashForAttempt(ctx, key, password)
  await commitQuietly(ctx, {
    mail: query.resendVerification({
      ...askedMailing(ctx, key),
      emailKey: key,
      passwordHash: hash,
    }),
  })
  return answer
}
