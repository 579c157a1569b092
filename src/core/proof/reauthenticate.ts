import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Password } from '#core/customer'
import { mustUseEmbeddedAccounts, provePassword } from '#core/identity'
import { CodeHandle, proveCode, TypedCode } from '#core/login-code'
import { PasskeyAssertion, provePasskey } from '#core/passkey'
import type { Session } from '#core/session'
import { Refusal } from '#kernel/error'
import { whenFieldsAreValid } from '#kernel/when-fields-are-valid'
import { prepareSessionReplacement } from './prepare-session-replacement.ts'

const ways = ['password', 'code', 'passkey'] as const

export const Reauthenticate = z
  .strictObject({
    password: Password.optional(),
    code: TypedCode.optional(),
    handle: CodeHandle.optional(),
    passkey: PasskeyAssertion.optional(),
  })
  .refine((given) => ways.filter((way) => given[way] !== undefined).length === 1, {
    error: 'Exactly one proof must be given.',
    when: whenFieldsAreValid(...ways),
    params: { code: 'one_proof' },
  })
  .refine(({ code, handle }) => (code === undefined) === (handle === undefined), {
    error: 'A `code` needs the `handle` of its request. Send no `handle` with another proof.',
    when: whenFieldsAreValid('code', 'handle'),
    params: { code: 'code_with_handle' },
  })
  .meta({
    id: 'Reauthenticate',
    description:
      'Send exactly one of these proofs. A passkey uses the options of `POST /auth/passkey/login/options`. A code needs the handle of `POST /auth/code`',
    examples: [{ password: 'correct horse battery' }, { code: '493817', handle: 'lh_…' }],
  })
export type Reauthenticate = z.output<typeof Reauthenticate>

/**
 * Proves a logged-in shopper anew. A new session replaces the caller's session. For ten minutes it allows dangerous actions.
 * Refuses `invalid_credentials`, `too_many_attempts`, `invalid_token` if the session ends meanwhile, and for a code or a passkey
 * `identity_elsewhere`.
 */
export async function reauthenticate(ctx: Context, given: Reauthenticate): Promise<Session> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id } = ctx.actor
  if (given.passkey !== undefined) return byPasskey(ctx, id, given.passkey)
  if (given.password !== undefined) return byPassword(ctx, id, given.password)
  return byCode(ctx, id, given)
}

async function byPassword(ctx: Context, id: string, password: string) {
  const { proof, entry } = await provePassword(ctx, id, password)
  const { own, statements, handOver } = await prepareSessionReplacement(ctx, id, entry)
  return handOver(await commitWithoutKey(ctx, { own, ...proof, ...statements }))
}

async function byCode(ctx: Context, id: string, { code = '', handle = '' }: Reauthenticate) {
  mustUseEmbeddedAccounts(ctx)
  const { proof, customerId } = await proveCode(ctx, { code, handle })
  refuseOther(customerId, id)
  const { own, statements, handOver } = await prepareSessionReplacement(ctx, id, { by: 'code' })
  return handOver(await commitWithoutKey(ctx, { own, ...proof, ...statements }))
}

async function byPasskey(ctx: Context, id: string, passkey: PasskeyAssertion) {
  const { proof, customerId, entry, logReuse } = await provePasskey(ctx, passkey)
  refuseOther(customerId, id)
  const { own, statements, handOver } = await prepareSessionReplacement(ctx, id, entry)
  const results = await commitWithoutKey(ctx, { own, ...proof, ...statements })
  logReuse(results)
  return handOver(results)
}

/** Refuses a proof of another account. */
function refuseOther(proven: string, own: string): void {
  if (proven !== own) throw new Refusal('invalid_credentials')
}
