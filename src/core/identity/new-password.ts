import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { passwordProblems } from './password-problems.ts'

/**
 * Refuses `invalid_input` for a password that is too short, too long, too common or too near.
 * @param name what stands before the @ of the account's address, when it is known.
 */
export function checkNewPassword(ctx: Context, password: string, name = ''): void {
  const errors = passwordProblems(password, {
    minLength: ctx.settings.password_min_length,
    words: [name, ctx.settings.shopName],
  })
  if (errors.length > 0) throw new Refusal('invalid_input', { errors })
}

/** The hash to keep. Refuses `invalid_input` as {@link checkNewPassword}. */
export function hashChosenPassword(ctx: Context, password: string, name?: string): Promise<string> {
  checkNewPassword(ctx, password, name)
  return ctx.identity.passwords.hash(password)
}

/** The same; null without a password. */
export const hashNewPassword = async (
  ctx: Context,
  password: string | undefined,
  name: string,
): Promise<string | null> =>
  password === undefined ? null : hashChosenPassword(ctx, password, name)
