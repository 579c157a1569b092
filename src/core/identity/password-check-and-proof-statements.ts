import { type Context, commitWithoutKey } from '#core/context'
import type { RowOf } from '#db/use-case'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { mustTakePasswords } from './must-take-passwords.ts'
import {
  readCountedTryOrRefuse,
  releaseTryCall,
  reserveTryCall,
  tryOfAccount,
} from './proof-try.ts'
import type { findPasswordHash } from './query/require-proof.ts'
import { workOrReleaseTry } from './release-try-now.ts'

/**
 * The two halves of a check of a password: statements that count the try and read the hash, and the check by their rows. Callers can add other reads to the same round trip. Refuses `identity_elsewhere`.
 */
export function preparePasswordCheck(ctx: Context, customerId: string) {
  mustTakePasswords(ctx)
  const { tenant } = ctx
  const asked = tryOfAccount(ctx, customerId)
  return {
    statements: {
      reserved: reserveTryCall(ctx, asked, { customerId }),
      found: query.findPasswordHash({ tenant, id: customerId }),
    },
    /** Refuses `invalid_credentials`, `too_many_attempts`. */
    async prove({ reserved, found }: PasswordRows, password: string) {
      const tried = readCountedTryOrRefuse(ctx, asked, reserved)
      const credential = found[0]?.credential ?? null
      const { isRight, grant } = await workOrReleaseTry(ctx, tried, () =>
        ctx.identity.accounts.check(ctx, { credential, email: null }, password),
      )
      if (!isRight || credential === null) throw new Refusal('invalid_credentials')
      return {
        proof: {
          still: query.lockCustomerByPassword({ tenant, id: customerId, credential }),
          released: releaseTryCall(ctx, tried, { forget: true }),
        },
        entry: { by: 'password' as const, credential, password, grant },
      }
    },
  }
}
type PasswordRows = {
  readonly reserved: Parameters<typeof readCountedTryOrRefuse>[2]
  readonly found: readonly RowOf<typeof findPasswordHash>[]
}

/**
 * Checks a password against the account's password. The statements of `proof` belong at the head of the commit that follows: `still` locks
 * the customer and refuses if the password was changed since, `released` takes the try off the count. Refuses
 * `invalid_credentials`, `too_many_attempts`, `identity_elsewhere`.
 */
export async function provePassword(ctx: Context, customerId: string, password: string) {
  const asked = preparePasswordCheck(ctx, customerId)
  return asked.prove(await commitWithoutKey(ctx, asked.statements), password)
}

/** The statement that reads what is stored of the password of a customer. */
export const findPasswordHashCall = ({ tenant }: Context, id: string) =>
  query.findPasswordHash({ tenant, id })

/**
 * Proof by a shopper's own session instead of the password. Refuses `invalid_token` if a change that it waited for has ended the
 * session.
 */
export const liveSessionStatements = (ctx: Context) => ({ still: lockBySession(ctx, null) })

/** The age in milliseconds up to which a proof allows what is dangerous. */
const FRESH_MS = 10 * 60_000

/**
 * `liveSessionStatements` for dangerous actions. The shopper must have given a proof in this session within the last ten minutes. It also refuses
 * `fresh_proof_required`.
 */
export const freshProofStatements = (ctx: Context) => ({
  still: lockBySession(ctx, new Date(ctx.now.getTime() - FRESH_MS).toISOString()),
})

/**
 * The statements that prove a shopper the owner of its account, for the head of a commit. If a password was sent, it is checked at once. Otherwise the commit refuses an old proof, so nothing may be done before the commit. Refuses as `provePassword` and
 * `freshProofStatements` do.
 */
export const ownerProofStatements = async (
  ctx: Context,
  customerId: string,
  password: string | undefined,
) =>
  password === undefined
    ? freshProofStatements(ctx)
    : (await provePassword(ctx, customerId, password)).proof

/** Older than any proof. */
const EVER = new Date(0).toISOString()

/** `liveSessionStatements` for actions that end other sessions. The shopper must have given a proof in this session, at any time. */
export const anyAgeProofStatements = (ctx: Context) => ({ still: lockBySession(ctx, EVER) })

function lockBySession({ tenant, actor, now }: Context, provenAfter: string | null) {
  if (actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id: customerId, sessionId: id } = actor
  return query.lockCustomerBySession({
    tenant,
    id,
    customerId,
    now: now.toISOString(),
    provenAfter,
  })
}
