import { type Context, read } from '#core/context'
import { toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import type { PasskeyPage } from './view.ts'

/** No account has more passkeys, so one page has all of them. */
const PAGE = 100

/** The passkeys of the caller's own account, the oldest first. */
export async function listPasskeys(ctx: Context): Promise<PasskeyPage> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { rows } = await read(ctx, {
    rows: query.listPasskeys({ tenant: ctx.tenant, customerId: ctx.actor.id }),
  })
  const passkeys = rows.map(({ passkey }) => passkey)
  return toPage(passkeys, PAGE, null)
}
