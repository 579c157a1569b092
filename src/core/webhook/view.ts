import * as z from 'zod'
import type { Context, Versioned } from '#core/context'
import { unsealWebhookSecret } from '#core/delivery'
import { viewShape } from '#db/field'
import { Refusal } from '#kernel/error'
import { webhookFields } from './field-list.ts'

export const Webhook = z.strictObject(viewShape(webhookFields)).meta({ id: 'Webhook' })
export type Webhook = z.output<typeof Webhook>

export const WebhookWithSecret = z
  .strictObject({
    ...Webhook.shape,
    secret: z.string().meta({
      description: 'Verifies signatures (Standard Webhooks 1.0). Only this answer shows it',
      examples: ['whsec_…'],
    }),
  })
  .meta({ id: 'WebhookWithSecret' })
export type WebhookWithSecret = z.output<typeof WebhookWithSecret>

/** A webhook's row; a deleted one is never shown. */
type WebhookRow = Omit<Webhook, 'status'> & {
  readonly status: Webhook['status'] | 'deleted'
}

export const isNotDeleted = (row: WebhookRow): row is Webhook => row.status !== 'deleted'

type Found = { readonly version: number; readonly webhook: WebhookRow }

/** Refuses `webhook_not_found` when there is no row. */
export function toWebhook(row: Found | undefined): Versioned<Webhook> {
  if (row === undefined || !isNotDeleted(row.webhook)) throw new Refusal('webhook_not_found')
  return { version: row.version, value: row.webhook }
}

/** `toWebhook` with the unsealed secret. */
export function toWebhookWithSecret(
  ctx: Context,
  row: (Found & { readonly secret: string }) | undefined,
): Versioned<WebhookWithSecret> {
  const { version, value } = toWebhook(row)
  const secret = unsealWebhookSecret(ctx, value.id, row?.secret ?? '')
  return { version, value: { ...value, secret } }
}
