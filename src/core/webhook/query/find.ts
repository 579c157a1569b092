import { db, pick } from '#db/builder'
import { webhookTable } from '#db/schema'
import { useCase } from '#db/use-case'
import { isThere } from '#lock/webhook'
import { webhookSelection } from './selection.ts'

type Which = { readonly tenant: string; readonly id: string }

const answer = { ...pick(webhookTable, 'version'), webhook: webhookSelection(webhookTable) }

/** A webhook with its version. */
export const webhookAnswer = (p: Which) => db.select(answer).from(webhookTable).where(isThere(p))

/** The same with its secret, sealed, for those who show it or sign with it. */
export const secretAnswer = (p: Which) =>
  db
    .select({ ...answer, ...pick(webhookTable, 'secret') })
    .from(webhookTable)
    .where(isThere(p))

/** No row for a webhook that is not there. */
export const findWebhook = useCase('find_webhook', pick(webhookTable, 'tenant', 'id'), (p) => [
  webhookAnswer(p),
])

export const findWebhookSecret = useCase(
  'find_webhook_secret',
  pick(webhookTable, 'tenant', 'id'),
  (p) => [secretAnswer(p)],
)
