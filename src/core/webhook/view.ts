import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Context, Versioned } from '#core/context'
import { deliveryErrors, openSecret } from '#core/delivery'
import { Refusal } from '#kernel/error'

const Moment = z.iso.datetime().nullable()

export const Webhook = z
  .strictObject({
    id: z.string().meta({ examples: ['whk_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
    url: z.string(),
    events: z.array(z.string()),
    description: z.string().nullable(),
    status: z.enum(['enabled', 'disabled']),
    disabledReason: z.enum(['asked', 'failing', 'gone']).nullable().meta({
      description:
        '`asked`: by PATCH; `failing`: nothing arrived for five days; `gone`: it answered 410',
    }),
    failingSince: Moment.meta({ description: 'Since when nothing has arrived' }),
    lastAttempt: z
      .strictObject({
        at: z.iso.datetime(),
        status: z.int().nullable(),
        error: z.enum(deliveryErrors).nullable(),
      })
      .nullable(),
    previousSecretUntil: Moment.meta({
      description: 'After a rotation: how long the secret before signs too',
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.output<typeof Webhook>

export const WebhookWithSecret = z
  .strictObject({
    ...Webhook.shape,
    secret: z.string().meta({
      description: 'Verifies signatures (Standard Webhooks 1.0); shown here and nowhere else',
      examples: ['whsec_…'],
    }),
  })
  .meta({ id: 'WebhookWithSecret' })
export type WebhookWithSecret = z.output<typeof WebhookWithSecret>

/** What `webhook_document` makes. */
export type WebhookDocument = {
  readonly version: number
  /** Sealed. */
  readonly secret: string | null
  readonly webhook: Webhook
}

export const webhookDocument = (ctx: Context, id: string, withSecret = false): SQL =>
  sql`webhook_document(${ctx.tenant}, ${id}, ${withSecret}::boolean)`

/** Refuses `webhook_not_found` for a document of nothing. */
export function toWebhook(document: WebhookDocument | null): Versioned<Webhook> {
  if (document === null) throw new Refusal('webhook_not_found')
  return { version: document.version, value: document.webhook }
}

/** The same, with the secret opened. */
export function toWebhookWithSecret(
  ctx: Context,
  document: WebhookDocument | null,
): Versioned<WebhookWithSecret> {
  const { version, value } = toWebhook(document)
  const secret = openSecret(ctx, value.id, document?.secret ?? '')
  return { version, value: { ...value, secret } }
}
