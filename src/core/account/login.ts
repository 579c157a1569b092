import * as z from 'zod'
import { type Context, commitWithoutKey, type Statements } from '#core/context'
import { Email, Password } from '#core/customer'
import { DeviceToken } from '#core/identity'
import { prepareSessionOpening, type Session } from '#core/session'
import { type CheckedLogin, checkLogin } from './check-login.ts'

export const LogIn = z
  .strictObject({ email: Email, password: Password, deviceToken: DeviceToken })
  .meta({
    id: 'LogIn',
    examples: [{ email: 'jane@example.com', password: 'correct horse battery' }],
  })
export type LogIn = z.output<typeof LogIn>

/**
 * Opens a session for the right password. Refuses as `checkLogin` does, and `invalid_credentials` if the password was changed meanwhile.
 */
export async function logIn(ctx: Context, input: LogIn): Promise<Session> {
  const login = await checkLogin(ctx, input)
  const { statements, handOver } = await prepareSessionOpening(ctx, login)
  return handOver(await commitLogin(ctx, login, statements))
}

/** Commits a checked login. `statements` are its effect: they open a session or store a code. */
export const commitLogin = <const S extends Statements>(
  ctx: Context,
  { before, after }: CheckedLogin,
  statements: S,
) => commitWithoutKey(ctx, { ...before, ...statements, ...after })
