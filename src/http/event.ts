import * as z from 'zod'
import { ReplayEvent, Replayed, replayEvent } from '#core/delivery'
import { Event, ListEvents, listEvents, listTimeline } from '#core/event'
import { CountedPaging, pageSchema } from '#core/page'
import { querySchema } from './query-schema.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  pathIdReader,
  route,
} from './route.ts'

const tags: [string] = ['Event']
const EventPath = z.object({ id: z.string() })
const eventIdOf = pathIdReader('event', 'event_not_found')
const EventPage = pageSchema(Event, 'EventPage')

export const eventRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /event', {
      tags,
      summary: 'Follow all events',
      description:
        'In the order of their commits, the oldest first. Continue with `nextCursor`, and at the end with the id of your last event.',
      request: { query: querySchema(ListEvents.shape) },
      responses: { 200: openapiJsonAnswer(EventPage, 'A page of events') },
      refusals: ['invalid_input', 'invalid_cursor', 'event_not_found'],
    }),
    async (c) => c.json(await listEvents(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('GET /customer/{id}/event', {
      tags,
      summary: 'List the events of a customer',
      description: 'Latest first.',
      request: { params: CustomerPath, query: querySchema(CountedPaging.shape) },
      responses: { 200: openapiJsonAnswer(EventPage, 'A page of events') },
      refusals: ['invalid_input', 'invalid_cursor', 'customer_not_found'],
    }),
    async (c) =>
      c.json(await listTimeline(c.get('ctx'), customerIdOf(c), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /event/{id}/replay', {
      tags,
      summary: 'Send an event once more',
      request: {
        params: EventPath,
        body: { ...jsonRequestBody(ReplayEvent), required: false },
      },
      responses: { 202: openapiJsonAnswer(Replayed, 'It is on its way') },
      refusals: [
        'invalid_input',
        'malformed_json',
        'event_not_found',
        'webhook_not_found',
        'webhook_disabled',
      ],
    }),
    async (c) => c.json(await replayEvent(c.get('ctx'), eventIdOf(c), c.req.valid('json')), 202),
  )
