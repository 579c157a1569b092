import * as z from 'zod'
import { Backlog, checkDatabase } from '#core/tick'
import { systemContextForTenants } from '../runtime.ts'
import { admit } from './admit-request.ts'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })
const Readiness = z
  .strictObject({
    status: z.literal('ok'),
    degraded: z.array(z.string()).optional().meta({
      description: 'Functions that are missing in the database. Requests still work, but slower',
    }),
    oldestWriterSeconds: z.int().optional().meta({
      description:
        'Age in seconds of the oldest open transaction that writes events, if it is one second or more. `GET /event` waits for it. PostgreSQL ends it after 30 seconds',
    }),
    behind: z
      .array(z.strictObject({ task: z.string(), since: z.iso.datetime() }))
      .optional()
      .meta({
        description:
          'Scheduled tasks that have been due for more than five minutes, with the time since which they are due. They have too much work, they fail, or the cron does not run',
      }),
    backlog: Backlog.optional().meta({ description: 'For a service: the backlog of its shop' }),
  })
  .meta({ id: 'Readiness' })
const tags: [string] = ['Health']

export const healthRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /healthz', {
      tags,
      summary: 'Whether the process answers',
      responses: { 200: openapiJsonAnswer(Health, 'It does') },
    }),
    (c) => c.json({ status: 'ok' } as const, 200),
  )
  .openapi(
    route('GET /readyz', {
      tags,
      summary: 'Whether reads and writes can be served',
      description:
        'The route writes a row, at most once in ten seconds. A read-only or full database is not ready, although reads may still work. The route needs no token. With a service’s token, the answer also has the backlog of its shop.',
      responses: { 200: openapiJsonAnswer(Readiness, 'They can') },
      refusals: ['unauthenticated', 'invalid_token', 'caller_not_allowed', 'identity_unlinked'],
    }),
    async (c) => {
      const isAsked = c.req.header('Authorization') !== undefined
      if (isAsked) await admit(c, { service: null })
      const asker = isAsked ? c.get('ctx') : null
      const { degraded, oldestWriter, behind, backlog } = await checkDatabase(
        systemContextForTenants(c.env),
        asker,
      )
      return c.json(
        {
          status: 'ok',
          ...(degraded.length > 0 && { degraded: [...degraded] }),
          ...(oldestWriter !== null && oldestWriter > 0 && { oldestWriterSeconds: oldestWriter }),
          ...(behind.length > 0 && { behind: [...behind] }),
          ...(backlog && { backlog }),
        } as const,
        200,
      )
    },
  )
