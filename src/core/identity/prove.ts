import { type SQL, sql } from 'drizzle-orm'
import { type Context, commitQuietly, look, refuseWhen } from '#core/context'
import { Refusal } from '#kernel/error'
import { heedWait, reserveTry, settleTry, tryOf } from './try.ts'

/**
 * Checks that whoever asks knows the password of an account. What it returns belongs into the commit that follows: `still`
 * refuses when the password was changed since, `settled` takes the try off the count. Refuses `invalid_credentials`,
 * `too_many_attempts`.
 */
export async function provePassword(ctx: Context, customerId: string, password: string) {
  const tried = tryOf(ctx, customerId)
  const { wait, found } = await commitQuietly(ctx, {
    wait: reserveTry(ctx, tried, sql`${customerId}`),
    found: look<{ hash: string | null }>(
      sql`select password_hash as hash from customer where tenant = ${ctx.tenant} and id = ${customerId}`,
    ),
  })
  heedWait(wait)
  const hash = found[0]?.hash ?? null
  if (!(await ctx.identity.passwords.verify(password, hash))) {
    throw new Refusal('invalid_credentials')
  }
  return {
    still: refuseWhen(passwordIsNot(ctx, customerId, hash), 'invalid_credentials'),
    settled: settleTry(ctx, tried, { forget: true }),
  }
}

const passwordIsNot = (ctx: Context, customerId: string, hash: string | null): SQL =>
  sql`(select password_hash from customer where tenant = ${ctx.tenant} and id = ${customerId}) is distinct from ${hash}`
