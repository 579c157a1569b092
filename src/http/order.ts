import * as z from 'zod'
import {
  DriftPage,
  findCustomerStats,
  findOrderWithCustomer,
  ListOrders,
  listDrifts,
  listOrders,
  OrderId,
  OrderPage,
  OrderWithCustomer,
  RecordedOrder,
  RecordOrder,
  recordOrder,
  Stats,
} from '#core/order'
import { Paging } from '#core/page'
import { etag, etagOfContent, etagWithShownResource } from './precondition.ts'
import { querySchema } from './query-schema.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Order']

const OrderPath = z.object({ ...CustomerPath.shape, orderId: OrderId })
const Explain = z.object({
  explain: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'List the orders behind each number' }),
})

export const orderRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('PUT /customer/{id}/order/{orderId}', {
      tags,
      summary: "Record an order's present state",
      request: { params: OrderPath, body: jsonRequestBody(RecordOrder) },
      responses: {
        200: openapiJsonAnswer(RecordedOrder, 'The order as the ledger holds it now', 'ETag'),
      },
      refusals: ['invalid_input', 'malformed_json', 'customer_not_found'],
    }),
    async (c) => {
      const { orderId } = c.req.valid('param')
      const order = await recordOrder(c.get('ctx'), customerIdOf(c), orderId, c.req.valid('json'))
      return c.json(order, 200, { ETag: etag(order.version) })
    },
  )
  .openapi(
    route('GET /order/{orderId}', {
      tags,
      summary: 'Look an order up, with its customer',
      description:
        'For a merged customer, the answer has the survivor. The ETag covers the order and the customer. In the condition of a write to the order, only the order’s version counts.',
      request: { params: z.object({ orderId: OrderId }) },
      responses: {
        200: openapiJsonAnswer(OrderWithCustomer, 'The order and its customer', 'ETag'),
      },
      refusals: ['invalid_input', 'order_not_found'],
    }),
    async (c) => {
      const { orderId } = c.req.valid('param')
      const { value, customer } = await findOrderWithCustomer(c.get('ctx'), orderId)
      return c.json(value, 200, { ETag: etagWithShownResource(value.version, customer) })
    },
  )
  .openapi(
    route('GET /customer/{id}/order', {
      tags,
      summary: 'List the orders of a customer',
      request: { params: CustomerPath, query: querySchema(ListOrders.shape) },
      responses: { 200: openapiJsonAnswer(OrderPage, 'Newest first') },
      refusals: ['invalid_input', 'invalid_cursor', 'customer_not_found'],
    }),
    async (c) => c.json(await listOrders(c.get('ctx'), customerIdOf(c), c.req.valid('query')), 200),
  )
  .openapi(
    route('GET /customer/{id}/stats', {
      tags,
      summary: "Retrieve a customer's counters, and the orders behind them",
      request: { params: CustomerPath, query: querySchema(Explain.shape) },
      responses: { 200: openapiJsonAnswer(Stats, 'The counters', 'ETag') },
      refusals: ['invalid_input', 'customer_not_found'],
    }),
    async (c) => {
      const explain = c.req.valid('query').explain === 'true'
      const stats = await findCustomerStats(c.get('ctx'), customerIdOf(c), { explain })
      return c.json(stats, 200, { ETag: etagOfContent(stats) })
    },
  )
  .openapi(
    route('GET /drift', {
      tags,
      summary: 'List the counters that were wrong and were corrected',
      request: { query: querySchema(Paging.shape) },
      responses: { 200: openapiJsonAnswer(DriftPage, 'Newest first') },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listDrifts(c.get('ctx'), c.req.valid('query')), 200),
  )
