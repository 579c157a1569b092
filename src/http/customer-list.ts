import * as z from 'zod'
import {
  Customer,
  gatherMetadata,
  ListCustomers,
  listCustomers,
  SearchCustomers,
  withForwardRangesOnly,
} from '#core/customer'
import { pageSchema } from '#core/page'
import { querySchema } from './query-schema.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Customer']
const CustomerPage = openapiJsonAnswer(pageSchema(Customer, 'CustomerPage'), 'A page of customers')

export const customerListRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer', {
      tags,
      summary: 'List customers',
      description:
        'Lists customers that match every filter. `minOrders`, `maxOrders`, `lastOrderAfter`, `lastOrderBefore` and the sorting by orders ignore canceled orders, no matter when they were canceled. A refunded order, even a fully refunded one, still counts as an order; its refund is deducted from `minSpent` and `maxSpent`. Other systems log URLs, so send personal data with `POST /customer/search`.',
      request: {
        query: z
          .transform(gatherMetadata)
          .pipe(withForwardRangesOnly(querySchema(ListCustomers.shape))),
      },
      responses: { 200: CustomerPage },
      refusals: ['invalid_input', 'invalid_cursor', 'narrow_the_query'],
    }),
    async (c) => c.json(await listCustomers(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /customer/search', {
      tags,
      summary: 'Search customers',
      description:
        'The list of customers with its filters in the body, for personal data such as names, addresses and phones. It has the same answers and cursors as `GET /customer`. It writes nothing, so it takes no Idempotency-Key.',
      request: { body: jsonRequestBody(z.transform(gatherMetadata).pipe(SearchCustomers)) },
      responses: { 200: CustomerPage },
      refusals: ['invalid_input', 'malformed_json', 'invalid_cursor', 'narrow_the_query'],
    }),
    async (c) => c.json(await listCustomers(c.get('ctx'), c.req.valid('json')), 200),
  )
