import * as z from 'zod'
import { Customer, gatherMetadata, ListCustomers, listCustomers } from '#core/customer'
import { pageOf } from '#core/page'
import { query } from './query.ts'
import { json, type Noun, route, routes } from './route.ts'

export const customerListRoutes: Noun = routes().openapi(
  route('GET /customer', {
    tags: ['Customer'],
    summary: 'List customers',
    description:
      'Customers who match every filter. `minOrders`, `maxOrders`, `lastOrderAfter`, `lastOrderBefore` and the sorting by orders see no canceled order, whenever it was canceled; an order that was refunded, wholly too, still counts as an order, and its refund is taken off `minSpent` and `maxSpent`.',
    request: { query: z.transform(gatherMetadata).pipe(query(ListCustomers.shape)) },
    responses: { 200: json(pageOf(Customer, 'CustomerPage'), 'A page of customers') },
    refusals: ['invalid_input', 'invalid_cursor', 'narrow_the_query'],
  }),
  async (c) => c.json(await listCustomers(c.get('ctx'), c.req.valid('query')), 200),
)
