import * as z from 'zod'
import { Backlog, checkDatabase } from '#core/tick'
import { systemOf } from '../runtime.ts'
import { admit } from './authenticate.ts'
import { json, type Noun, route, routes } from './route.ts'

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })
const Readiness = z
  .strictObject({
    status: z.literal('ok'),
    degraded: z.array(z.string()).optional().meta({
      description: 'Functions that the database lacks: requests are answered, but slower',
    }),
    oldestWriterSeconds: z.int().optional().meta({
      description:
        'Age in seconds of the oldest open transaction that writes events, if it is one second or more. `GET /event` waits for it. It is ended after 30 seconds',
    }),
    behind: z
      .array(z.strictObject({ task: z.string(), since: z.iso.datetime() }))
      .optional()
      .meta({
        description:
          'Scheduled tasks that have been due for more than five minutes, and since when. They have too much to do, they fail, or the cron does not run',
      }),
    backlog: Backlog.optional().meta({ description: 'For a service: what its shop waits for' }),
  })
  .meta({ id: 'Readiness' })
const tags: [string] = ['Health']

export const healthRoutes: Noun = routes()
  .openapi(
    route('GET /healthz', {
      tags,
      summary: 'Whether the process answers',
      responses: { 200: json(Health, 'It does') },
    }),
    (c) => c.json({ status: 'ok' } as const, 200),
  )
  .openapi(
    route('GET /readyz', {
      tags,
      summary: 'Whether reads and writes can be served',
      description:
        'It writes a row, at most once in ten seconds: a database that is read-only or full is not ready, although reads may still be served. It needs no token. With the token of a service, it also tells what that shop waits for.',
      responses: { 200: json(Readiness, 'They can') },
      refusals: ['unauthenticated', 'invalid_token', 'caller_not_allowed', 'identity_unlinked'],
    }),
    async (c) => {
      const isAsked = c.req.header('Authorization') !== undefined
      if (isAsked) await admit(c, { service: null })
      const asker = isAsked ? c.get('ctx') : null
      const { degraded, oldestWriter, behind, backlog } = await checkDatabase(
        systemOf(c.env),
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
