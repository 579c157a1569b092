import { and, eq, exists, ne, notExists, type SQL } from 'drizzle-orm'
import { webhookTable } from '#db/schema'
import type { Versions } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { refuseStale } from '#lock/customer'

type Which = { readonly tenant: string; readonly id: string }

export const isThisWebhook = (p: Which) =>
  and(eq(webhookTable.tenant, p.tenant), eq(webhookTable.id, p.id))

/** Whether a webhook exists for readers: it is not deleted. */
export const isWebhookVisible = (p: Which) =>
  and(isThisWebhook(p), ne(webhookTable.status, 'deleted'))

const webhook = (where: SQL | undefined) =>
  db.select({ id: webhookTable.id }).from(webhookTable).where(where)

/** Locks a webhook, at the head of every change of it. It also waits for transactions that store its deliveries. */
export const lockWebhook = (p: Which) => webhook(isThisWebhook(p)).for('no key update')

/** The reason why a webhook cannot be changed: `webhook_not_found`. */
export const webhookRefusals = (p: Which) => ({
  webhook_not_found: notExists(webhook(isWebhookVisible(p))),
})

/** The reasons why nothing can be sent to a webhook: `webhook_not_found`, `webhook_disabled`. */
export const missingOrDisabledWebhookRefusals = (p: Which) => ({
  ...webhookRefusals(p),
  webhook_disabled: exists(webhook(and(isThisWebhook(p), eq(webhookTable.status, 'disabled')))),
})

/** Refuses `precondition_failed` if the webhook has changed since the caller read it. */
export const refuseStaleWebhook = (p: Which, accepted: Versions | null) =>
  refuseStale(webhookTable, accepted, isThisWebhook(p))
