import * as z from 'zod'
import { Delivery, ListDeliveries, listDeliveries, retryDelivery } from '#core/delivery'
import { pageSchema } from '#core/page'
import { querySchema } from './query-schema.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, pathIdReader, route } from './route.ts'
import { WebhookPath, webhookIdOf } from './webhook.ts'

const tags: [string] = ['Webhook']
const DeliveryPath = z.object({ id: z.string() })
const deliveryIdOf = pathIdReader('delivery', 'delivery_not_found')

export const deliveryRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /webhook/{id}/delivery', {
      tags,
      summary: 'List the deliveries to a webhook',
      description: 'Newest first.',
      request: { params: WebhookPath, query: querySchema(ListDeliveries.shape) },
      responses: {
        200: openapiJsonAnswer(pageSchema(Delivery, 'DeliveryPage'), 'A page of deliveries'),
      },
      refusals: ['invalid_input', 'invalid_cursor', 'webhook_not_found'],
    }),
    async (c) =>
      c.json(await listDeliveries(c.get('ctx'), webhookIdOf(c), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /delivery/{id}/retry', {
      tags,
      summary: 'Send a delivery once more',
      request: { params: DeliveryPath },
      responses: {
        202: openapiJsonAnswer(Delivery, 'The delivery is on its way again, with a new schedule'),
      },
      refusals: ['delivery_not_found', 'webhook_disabled'],
    }),
    async (c) => c.json(await retryDelivery(c.get('ctx'), deliveryIdOf(c)), 202),
  )
