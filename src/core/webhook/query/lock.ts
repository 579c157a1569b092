import { and, eq, exists, ne, notExists, type SQL } from 'drizzle-orm'
import { db } from '#db/builder'
import { webhookTable } from '#db/schema'
import { refuseStale } from '#lock/customer'

type Which = { readonly tenant: string; readonly id: string }

export const isWebhook = (p: Which) =>
  and(eq(webhookTable.tenant, p.tenant), eq(webhookTable.id, p.id))

/** A webhook that was deleted is not there. */
export const isThere = (p: Which) => and(isWebhook(p), ne(webhookTable.status, 'deleted'))

const webhook = (where: SQL | undefined) =>
  db.select({ id: webhookTable.id }).from(webhookTable).where(where)

/** Head of every change of a webhook: waits for another change of it, and for what records its deliveries. */
export const lockWebhook = (p: Which) => webhook(isWebhook(p)).for('no key update')

/** Why a webhook cannot be changed: `webhook_not_found`. */
export const webhookRefusals = (p: Which) => ({ webhook_not_found: notExists(webhook(isThere(p))) })

/** Why nothing can be sent to a webhook: `webhook_not_found`, `webhook_disabled`. */
export const endpointRefusals = (p: Which) => ({
  ...webhookRefusals(p),
  webhook_disabled: exists(webhook(and(isWebhook(p), eq(webhookTable.status, 'disabled')))),
})

/** Refuses `precondition_failed` when the webhook is not in the version that the caller read. */
export const refuseStaleWebhook = (p: Which, read: number | null) =>
  refuseStale(webhookTable, read, isWebhook(p))
