import { type CheckedLogin, checkLogin, LogIn } from '#core/account'
import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

type Fields = { readonly email?: string | undefined; readonly password?: string | undefined }

/** A login by password. Refuses `invalid_input` for what is no address, and as `POST /auth/login` does. */
export async function checkPasswordLogin(
  ctx: Context,
  { email, password }: Fields,
): Promise<CheckedLogin> {
  const { data: login } = LogIn.safeParse({ email, password })
  if (login === undefined) throw new Refusal('invalid_input')
  return checkLogin(ctx, login)
}
