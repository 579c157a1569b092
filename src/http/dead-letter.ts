import * as z from 'zod'
import { DeadLetter, listDeadLetters, replayDeadLetter } from '#core/dead-letter'
import { CountedPaging, pageSchema } from '#core/page'
import { querySchema } from './query-schema.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, pathIdReader, route } from './route.ts'

const tags: [string] = ['Event']
const DeadLetterPath = z.object({ id: z.string() })
const deadLetterIdOf = pathIdReader('deadLetter', 'dead_letter_not_found')

export const deadLetterRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /dead-letter', {
      tags,
      summary: 'List dead letters',
      description:
        'The messages that the queue gave up on after all its tries, newest first. Large messages end a page early.',
      request: { query: querySchema(CountedPaging.shape) },
      responses: {
        200: openapiJsonAnswer(pageSchema(DeadLetter, 'DeadLetterPage'), 'A page of dead letters'),
      },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listDeadLetters(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /dead-letter/{id}/replay', {
      tags,
      summary: 'Replay a dead letter',
      description:
        'The service does the job again. The current release reads the message of an `unreadable` letter again.',
      request: { params: DeadLetterPath },
      responses: { 202: openapiJsonAnswer(DeadLetter, 'It will be tried') },
      refusals: ['dead_letter_not_found', 'dead_letter_unreadable'],
    }),
    async (c) => c.json(await replayDeadLetter(c.get('ctx'), deadLetterIdOf(c)), 202),
  )
