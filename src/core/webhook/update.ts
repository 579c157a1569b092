import { type Context, commitUntold, mayUse, type Versioned } from '#core/context'
import { wakeEndpoints } from '#core/delivery'
import * as query from './generated/query.ts'
import type { UpdateWebhook } from './input.ts'
import { refuseForbiddenUrl } from './url.ts'
import { toWebhook, type Webhook } from './view.ts'

/**
 * Changes what is named and differs; the version rises only then. What waited while a webhook was disabled sets out when it is
 * enabled again. Refuses `webhook_not_found`, `precondition_failed`, `invalid_input` for an address that nothing may be sent to.
 */
export async function updateWebhook(
  ctx: Context,
  id: string,
  input: UpdateWebhook,
): Promise<Versioned<Webhook>> {
  mayUse(ctx, 'webhook:write')
  if (input.url !== undefined) refuseForbiddenUrl(ctx, input.url)
  const { url = '', events = [], description = null, status = 'enabled' } = input
  const call = query.updateWebhook({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    id,
    url,
    events,
    description,
    status,
    named: Object.keys(input),
    read: ctx.ifMatch,
  })
  const { answer } = await commitUntold(ctx, { answer: call.asAnswer(null) })
  if (input.status === 'enabled') wakeEndpoints(ctx, [id])
  return toWebhook(answer[0])
}
