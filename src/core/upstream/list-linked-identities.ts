import { type Context, read } from '#core/context'
import { toPage } from '#core/page'
import { Refusal } from '#kernel/error'
import * as query from './generated/query.ts'
import { MAX_LINKED_IDENTITIES } from './max-linked-identities.ts'
import type { LinkedIdentityPage } from './view.ts'

/** The linked identities of the caller's own account, the oldest first. */
export async function listLinkedIdentities(ctx: Context): Promise<LinkedIdentityPage> {
  if (ctx.actor.type !== 'shopper') throw new Refusal('caller_not_allowed')
  const { rows } = await read(ctx, {
    rows: query.listLinkedIdentities({ tenant: ctx.tenant, customerId: ctx.actor.id }),
  })
  const identities = rows.map(({ identity }) => identity)
  return toPage(identities, MAX_LINKED_IDENTITIES, null)
}
