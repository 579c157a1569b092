import { webhookTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'
import { isWebhookVisible } from '#lock/webhook'
import { webhookSelection } from './selection.ts'

type Which = { readonly tenant: string; readonly id: string }

const answer = { ...pick(webhookTable, 'version'), webhook: webhookSelection(webhookTable) }

/** A webhook with its version. */
export const selectWebhook = (p: Which) =>
  db.select(answer).from(webhookTable).where(isWebhookVisible(p))

/** A webhook with its version and its sealed secret, for use cases that show it or sign with it. */
export const selectWebhookWithSecret = (p: Which) =>
  db
    .select({ ...answer, ...pick(webhookTable, 'secret') })
    .from(webhookTable)
    .where(isWebhookVisible(p))

/** A webhook with its version. No row: there is no such webhook. */
export const findWebhook = useCase('find_webhook', pick(webhookTable, 'tenant', 'id'), (p) => [
  selectWebhook(p),
])

export const findWebhookSecret = useCase(
  'find_webhook_secret',
  pick(webhookTable, 'tenant', 'id'),
  (p) => [selectWebhookWithSecret(p)],
)
