import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { webhookTable } from '#db/schema'

export type WebhookOfDelivery = { readonly tenant: string; readonly webhookId: string }

/** The webhook that deliveries go to. */
export const tenantAndIdOfWebhook = ({ tenant, webhookId }: WebhookOfDelivery) => ({
  tenant,
  id: webhookId,
})

/** Whether a webhook asked for events of a type: by its name, by its family, or for all. */
export const asksForEventType = (type: PgColumn) =>
  sql`${webhookTable.events} && array[${type}, split_part(${type}, '.', 1) || '.*', '*']`
