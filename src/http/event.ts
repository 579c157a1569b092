import { Event, ListEvents, listEvents, listTimeline } from '#core/event'
import { Paging, pageOf } from '#core/page'
import { query } from './query.ts'
import { CustomerPath, customerIdOf, json, route, routes } from './route.ts'

const tags: [string] = ['Event']
const EventPage = pageOf(Event, 'EventPage')

export const eventRoutes = routes()
  .openapi(
    route('GET /event', {
      tags,
      summary: 'Follow all events',
      description:
        'In the order in which they were committed, the oldest first. Go on with `nextCursor`, and at the end with the id of the last event that you have seen.',
      request: { query: query(ListEvents.shape) },
      responses: { 200: json(EventPage, 'A page of events') },
      refusals: ['invalid_input', 'invalid_cursor', 'event_not_found'],
    }),
    async (c) => c.json(await listEvents(c.var.ctx, c.req.valid('query')), 200),
  )
  .openapi(
    route('GET /customer/{id}/event', {
      tags,
      summary: 'What happened to a customer',
      description: 'The latest first.',
      request: { params: CustomerPath, query: query(Paging.shape) },
      responses: { 200: json(EventPage, 'A page of events') },
      refusals: ['invalid_input', 'invalid_cursor', 'customer_not_found'],
    }),
    async (c) => c.json(await listTimeline(c.var.ctx, customerIdOf(c), c.req.valid('query')), 200),
  )
