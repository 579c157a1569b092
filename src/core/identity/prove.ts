import { type Context, commitQuietly } from '#core/context'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import { releasedWhenAway } from './check.ts'
import * as query from './generated/query.ts'
import type { findPassword } from './query/prove.ts'
import { mustTakePasswords } from './takes-passwords.ts'
import { countedTry, releaseTry, reserveTry, tryOf } from './try.ts'

/**
 * The two halves of a check of a password: statements that count the try and read the hash, and the check by their rows. What else is to
 * be read beside them costs no further round trip. Refuses `identity_elsewhere`.
 */
export function passwordTry(ctx: Context, customerId: string) {
  mustTakePasswords(ctx)
  const { tenant } = ctx
  const asked = tryOf(ctx, customerId)
  return {
    statements: {
      reserved: reserveTry(ctx, asked, { customerId }),
      found: query.findPassword({ tenant, id: customerId }),
    },
    /** Refuses `invalid_credentials`, `too_many_attempts`. */
    async prove({ reserved, found }: PasswordRows, password: string) {
      const tried = countedTry(ctx, asked, reserved)
      const credential = found[0]?.credential ?? null
      const { isRight, grant } = await releasedWhenAway(ctx, tried, () =>
        ctx.identity.accounts.check(ctx, { credential, email: null }, password),
      )
      if (!isRight || credential === null) throw new Refusal('invalid_credentials')
      return {
        proof: {
          still: query.lockByPassword({ tenant, id: customerId, credential }),
          released: releaseTry(ctx, tried, { forget: true }),
        },
        entry: { by: 'password' as const, credential, password, grant },
      }
    },
  }
}
type PasswordRows = {
  readonly reserved: Parameters<typeof countedTry>[2]
  readonly found: readonly RowOf<typeof findPassword>[]
}

/**
 * Checks a password against the account's password. The statements of `proof` belong at the head of the commit that follows: `still` locks
 * the customer and refuses if the password was changed since, `released` takes the try off the count. Refuses
 * `invalid_credentials`, `too_many_attempts`, `identity_elsewhere`.
 */
export async function provePassword(ctx: Context, customerId: string, password: string) {
  const asked = passwordTry(ctx, customerId)
  return asked.prove(await commitQuietly(ctx, asked.statements), password)
}

/** The statement that reads what is stored of the password of a customer. */
export const findingCredential = ({ tenant }: Context, id: string) =>
  query.findPassword({ tenant, id })

/**
 * Proof by a shopper's own session instead of the password. Refuses `invalid_token` if a change that it waited for has ended the
 * session.
 */
export const proveSession = (ctx: Context) => ({ still: lockBySession(ctx, null) })

/** The age in milliseconds up to which a proof allows what is dangerous. */
const FRESH_MS = 10 * 60_000

/**
 * `proveSession` for what is dangerous: the shopper has proven itself in this session within ten minutes, by any proof. It also refuses
 * `fresh_proof_required`.
 */
export const proveFreshSession = (ctx: Context) => ({
  still: lockBySession(ctx, new Date(ctx.now.getTime() - FRESH_MS).toISOString()),
})

/**
 * The statements that prove a shopper the owner of its account, for the head of a commit. A password that was sent is checked at once;
 * otherwise the commit itself refuses unless the session is fresh, so nothing may happen before it. Refuses as `provePassword` and
 * `proveFreshSession` do.
 */
export const ownerProof = async (ctx: Context, customerId: string, password: string | undefined) =>
  password === undefined
    ? proveFreshSession(ctx)
    : (await provePassword(ctx, customerId, password)).proof

/** Older than any proof. */
const EVER = new Date(0).toISOString()

/** `proveSession` for what ends other sessions: the shopper has proven itself in this session, whenever that was. */
export const proveProvenSession = (ctx: Context) => ({ still: lockBySession(ctx, EVER) })

function lockBySession({ tenant, actor, now }: Context, provenAfter: string | null) {
  if (actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId, sessionId: id } = actor
  return query.lockBySession({ tenant, id, customerId, now: now.toISOString(), provenAfter })
}
