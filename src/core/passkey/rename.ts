import { type Context, commitWithoutKey } from '#core/context'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { RenamePasskey } from './input.ts'
import { type Passkey, toPasskey } from './view.ts'

/** Names a passkey of the caller's own account. Refuses `passkey_not_found`. */
export async function renamePasskey(
  ctx: Context,
  id: string,
  { name }: RenamePasskey,
): Promise<Passkey> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { renamed } = await commitWithoutKey(ctx, {
    renamed: query.renamePasskey({ tenant: ctx.tenant, id, customerId: ctx.actor.id, name }),
  })
  return toPasskey(renamed[0])
}
