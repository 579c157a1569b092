import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { webhookTable } from '#db/schema'

/** The webhook that deliveries go to. */
export const endpointOf = (it: { readonly tenant: string; readonly webhookId: string }) => ({
  tenant: it.tenant,
  id: it.webhookId,
})

/** Whether a webhook asked for events of a type: by its name, by its family, or for all. */
export const asksFor = (type: PgColumn) =>
  sql`${webhookTable.events} && array[${type}, split_part(${type}, '.', 1) || '.*', '*']`
