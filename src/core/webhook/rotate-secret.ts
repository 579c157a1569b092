import {
  acceptedVersions,
  type Context,
  commitWithoutEvent,
  mustHaveScope,
  type Versioned,
} from '#core/context'
import { newSealedWebhookSecret } from '#core/delivery'
import * as query from './generated/query.ts'
import { toWebhookWithSecret, type WebhookWithSecret } from './view.ts'

const BOTH_FOR_MS = 24 * 60 * 60 * 1000

/**
 * Makes a new secret. For 24 hours the previous one signs too, and no other rotation ends it earlier. Refuses `webhook_not_found`,
 * `precondition_failed`, `rotation_in_progress`.
 */
export async function rotateWebhookSecret(
  ctx: Context,
  id: string,
): Promise<Versioned<WebhookWithSecret>> {
  mustHaveScope(ctx, 'webhook:write')
  const call = query.rotateWebhookSecret({
    tenant: ctx.tenant,
    now: ctx.now.toISOString(),
    id,
    secret: newSealedWebhookSecret(ctx, id),
    until: new Date(ctx.now.getTime() + BOTH_FOR_MS).toISOString(),
    accepted: acceptedVersions(ctx),
  })
  const { answer } = await commitWithoutEvent(ctx, { answer: call.asAnswer(null) })
  return toWebhookWithSecret(ctx, answer[0])
}
