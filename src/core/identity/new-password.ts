import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/** The hash to keep; null without a password. Refuses `invalid_input` for one that is too short, too long or too common. */
export async function hashNewPassword(
  ctx: Context,
  password: string | undefined,
  email: string,
): Promise<string | null> {
  if (password === undefined) return null
  const { hashPassword, passwordProblems } = await import('./password.ts')
  const problems = passwordProblems(password, {
    minLength: ctx.settings.password_min_length,
    words: [email.slice(0, email.indexOf('@')), ctx.settings.shopName],
  })
  if (problems.length > 0) throw new Refusal('invalid_input', { errors: problems })
  return hashPassword(password)
}
