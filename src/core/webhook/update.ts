import {
  acceptedVersions,
  type Context,
  commitWithoutEvent,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { wakeEndpoints } from '#core/delivery'
import { inputValues } from '#db/input-fields'
import { webhookFields } from './field-list.ts'
import * as query from './generated/query.ts'
import type { UpdateWebhook } from './input.ts'
import { toWebhook, type Webhook } from './view.ts'
import { readWebhookUrl } from './webhook-url.ts'

/**
 * Changes the named fields that differ. The version rises only if a field differs. Deliveries that waited while the webhook was
 * disabled are sent when it is enabled again. Refuses `webhook_not_found`, `precondition_failed`, `invalid_input` for a forbidden URL.
 */
export async function updateWebhook(
  ctx: Context,
  id: string,
  input: UpdateWebhook,
): Promise<Versioned<Webhook>> {
  mustHaveScope(ctx, 'webhook:write')
  const url = input.url === undefined ? '' : readWebhookUrl(ctx, input.url)
  const { events = [], status = 'enabled' } = input
  const call = query.updateWebhook({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    ...inputValues(webhookFields, input),
    id,
    url,
    events,
    status,
    named: Object.keys(input),
    accepted: acceptedVersions(ctx),
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  if (input.status === 'enabled') wakeEndpoints(ctx, [id])
  return toWebhook(answer[0])
}
