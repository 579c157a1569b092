import * as z from 'zod'
import { type Context, commitQuietly } from '#core/context'
import { Email } from '#core/customer'
import { DeviceToken, refuseElsewhere } from '#core/identity'
import { openSession, type Session } from '#core/session'
import { Code, Handle } from './field.ts'
import { proveCode } from './prove.ts'

export const VerifyCode = z
  .strictObject({ email: Email, code: Code, handle: Handle, deviceToken: DeviceToken })
  .meta({
    id: 'VerifyCode',
    examples: [{ email: 'jane@example.com', code: '493817', handle: 'lh_…' }],
  })
export type VerifyCode = z.output<typeof VerifyCode>

/** Opens a session by the code of a mail. Refuses as `proveCode` does, and `identity_elsewhere`. */
export async function logInByCode(ctx: Context, typed: VerifyCode): Promise<Session> {
  refuseElsewhere(ctx)
  const { customerId, proof } = await proveCode(ctx, typed)
  const { statements, handOver } = await openSession(ctx, { customerId, entry: { by: 'code' } })
  return handOver(await commitQuietly(ctx, { ...proof, ...statements }))
}
