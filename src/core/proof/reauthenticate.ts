import * as z from 'zod'
import { type Context, commit, commitQuietly } from '#core/context'
import { Password } from '#core/customer'
import { provePassword } from '#core/identity'
import { Code, Handle, proveCode, refuseElsewhere } from '#core/login-code'
import type { Session } from '#core/session'
import { Refusal } from '#kernel/error'
import { replaceSession } from './replace-session.ts'

export const Reauthenticate = z
  .strictObject({
    password: Password.optional(),
    code: Code.optional(),
    handle: Handle.optional(),
  })
  .superRefine(({ password, code, handle }, ctx) => {
    const ways = [password, code].filter((way) => way !== undefined)
    if (ways.length === 1 && (code === undefined) === (handle === undefined)) return
    ctx.addIssue({
      code: 'custom',
      path: [],
      message: 'Takes one proof: `password`, or `code` with its `handle`.',
    })
  })
  .meta({
    id: 'Reauthenticate',
    examples: [{ password: 'correct horse battery' }, { code: '493817', handle: 'lh_…' }],
  })
export type Reauthenticate = z.output<typeof Reauthenticate>

/**
 * Proves a logged-in shopper anew, by the password or by the code of a mail. A new session takes the place of the caller's, which ends; for
 * ten minutes it allows what is dangerous. Refuses `invalid_credentials`, `too_many_attempts`, `identity_elsewhere` for a code,
 * `invalid_token` if the session ends meanwhile.
 */
export async function reauthenticate(
  ctx: Context,
  { password, code = '', handle = '' }: Reauthenticate,
): Promise<Session> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { id } = ctx.actor
  if (password !== undefined) {
    const { proof, entry } = await provePassword(ctx, id, password)
    const next = await replaceSession(ctx, id, entry)
    return next.handOver(await commitQuietly(ctx, { own: next.own, ...proof, ...next.statements }))
  }
  refuseElsewhere(ctx)
  const { proof, customerId } = await proveCode(ctx, { code, handle })
  if (customerId !== id) throw new Refusal('invalid_credentials')
  const next = await replaceSession(ctx, id, { by: 'code' })
  return next.handOver(await commit(ctx, { own: next.own, ...proof, ...next.statements }))
}
