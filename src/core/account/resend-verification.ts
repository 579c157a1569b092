import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Email, emailKey, Password } from '#core/customer'
import { callerPlaceHash, DeviceToken } from '#core/identity'
import { boundedMailValues, printHeldMailForDeveloper } from '#core/mail'
import { type Accepted, acceptedAnswer } from './accepted-answer.ts'
import * as query from './generated/query.ts'
import { hashForAttempt } from './registration-attempt.ts'

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
  const mailing = boundedMailValues(ctx, key, { deviceToken })
  await commitWithoutKey(ctx, {
    mail: query.resendVerification({
      ...mailing,
      emailKey: key,
      place: callerPlaceHash(ctx),
      passwordHash: hash,
    }),
  })
  await printHeldMailForDeveloper(ctx, mailing)
  return acceptedAnswer
}
