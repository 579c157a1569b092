import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { DeviceToken, markOfCaller } from '#core/identity'
import { askedMailing, sayHeldBack } from '#core/mail'
import { type Accepted, accepted } from './accepted.ts'
import { hashForAttempt } from './attempt.ts'
import * as query from './generated/query.ts'

export const ResendVerification = z
  .strictObject({
    email: Email,
    password: Password.optional().meta({
      description: 'Selects the registration with this password, if the address has several',
    }),
    deviceToken: DeviceToken,
  })
  .meta({ id: 'ResendVerification', examples: [{ email: 'jane@example.com' }] })
export type ResendVerification = z.output<typeof ResendVerification>

/** Mails a new link to verify an address; the old one is void. Answer and work are the same for every address. */
export async function resendVerification(
  ctx: Context,
  { email, password, deviceToken }: ResendVerification,
): Promise<Accepted> {
  const key = emailKey(email)
  const hash = password === undefined ? null : await hashForAttempt(ctx, key, password)
  const mailing = askedMailing(ctx, key, { deviceToken })
  await commitQuietly(ctx, {
    mail: query.resendVerification({
      ...mailing,
      emailKey: key,
      place: markOfCaller(ctx),
      passwordHash: hash,
    }),
  })
  await sayHeldBack(ctx, mailing)
  return accepted
}
