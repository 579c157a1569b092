import * as z from 'zod'
import { type Context, commitWithoutKey } from '#core/context'
import { Email } from '#core/customer'
import { DeviceToken, mustUseEmbeddedAccounts } from '#core/identity'
import { prepareSessionOpening, type Session } from '#core/session'
import { CodeHandle, TypedCode } from './input.ts'
import { proveCode } from './prove.ts'

export const VerifyCode = z
  .strictObject({ email: Email, code: TypedCode, handle: CodeHandle, deviceToken: DeviceToken })
  .meta({
    id: 'VerifyCode',
    examples: [{ email: 'jane@example.com', code: '493817', handle: 'lh_…' }],
  })
export type VerifyCode = z.output<typeof VerifyCode>

/** Opens a session by the code of a mail. Refuses as `proveCode` does, and `identity_elsewhere`. */
export async function logInByCode(ctx: Context, typed: VerifyCode): Promise<Session> {
  mustUseEmbeddedAccounts(ctx)
  const { customerId, proof } = await proveCode(ctx, typed)
  const { statements, handOver } = await prepareSessionOpening(ctx, {
    customerId,
    entry: { by: 'code' },
  })
  return handOver(await commitWithoutKey(ctx, { ...proof, ...statements }))
}
