import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, guard, look } from '#core/context'
import { Refusal } from '#kernel/error'
import { settledWhenAway } from './check.ts'
import { heedWait, reserveTry, settleTry, tryOf } from './try.ts'

/**
 * Checks that whoever asks knows the password of an account. What `proof` holds belongs at the head of the commit that follows:
 * `still` locks the customer and refuses when the password was changed since, `settled` takes the try off the count. Refuses
 * `invalid_credentials`, `too_many_attempts`.
 */
export async function provePassword(ctx: Context, customerId: string, password: string) {
  const tried = tryOf(ctx, customerId)
  const { wait, found } = await commitQuietly(ctx, {
    wait: reserveTry(ctx, tried, sql`${customerId}`),
    found: look<{ credential: string | null }>(
      sql`select password_hash as credential from customer where tenant = ${ctx.tenant} and id = ${customerId}`,
    ),
  })
  heedWait(wait)
  const credential = found[0]?.credential ?? null
  const { isRight, grant } = await settledWhenAway(ctx, tried, () =>
    ctx.identity.accounts.check(ctx, { credential, email: null }, password),
  )
  if (!isRight || credential === null) throw new Refusal('invalid_credentials')
  return {
    proof: {
      still: guard(sql`hold_password(${ctx.tenant}, ${customerId}, ${credential})`),
      settled: settleTry(ctx, tried, { forget: true }),
    },
    entry: { by: 'password' as const, credential, password, grant },
  }
}
