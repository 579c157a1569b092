import type { Context } from '#core/context'
import { emailLocalPart } from '#core/customer'
import { Refusal } from '#kernel/error'
import { hashPassword, passwordProblems } from './password.ts'

/** The hash to keep; null without a password. Refuses `invalid_input` for one that is too short, too long or too common. */
export async function hashNewPassword(
  ctx: Context,
  password: string | undefined,
  email: string,
): Promise<string | null> {
  if (password === undefined) return null
  const errors = passwordProblems(password, {
    minLength: ctx.settings.password_min_length,
    words: [emailLocalPart(email), ctx.settings.shopName],
  })
  if (errors.length > 0) throw new Refusal('invalid_input', { errors })
  return hashPassword(password)
}
