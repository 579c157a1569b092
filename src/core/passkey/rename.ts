import { type Context, commitWithoutKey } from '#core/context'
import { inputValues } from '#db/input-fields'
import { Refusal } from '#kernel/error'
import { passkeyFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { RenamePasskey } from './input.ts'
import { type Passkey, toPasskey } from './view.ts'

/** Names a passkey of the caller's own account. Refuses `passkey_not_found`. */
export async function renamePasskey(
  ctx: Context,
  id: string,
  input: RenamePasskey,
): Promise<Passkey> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { renamed } = await commitWithoutKey(ctx, {
    renamed: query.renamePasskey({
      ...inputValues(passkeyFields, input),
      tenant: ctx.tenant,
      id,
      customerId: ctx.actor.id,
    }),
  })
  return toPasskey(renamed[0])
}
