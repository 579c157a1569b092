import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import type { PasswordOwner, StoredPassword } from './account-provider.ts'
import { passwordProblems } from './password-problems.ts'

/**
 * Refuses `invalid_input` for a password that is too short, too long, too common or too close to the account's words.
 * @param name the part before the @ of the account's address, if it is known.
 */
export function checkNewPassword(ctx: Context, password: string, name = ''): void {
  const errors = passwordProblems(password, {
    minLength: ctx.settings.password_min_length,
    words: [name, ctx.settings.shopName],
  })
  if (errors.length > 0) throw new Refusal('invalid_input', { errors })
}

/** Sets the password of an account. Refuses `invalid_input` as {@link checkNewPassword} does. */
export function checkAndSetPassword(
  ctx: Context,
  owner: () => Promise<PasswordOwner>,
  password: string,
  name?: string,
): Promise<StoredPassword> {
  checkNewPassword(ctx, password, name)
  return ctx.identity.accounts.setPassword(ctx, owner, password)
}
