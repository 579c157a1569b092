import * as z from 'zod'
import { ping } from '#core/context'
import { json, type Noun, route, routes } from './route.ts'

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })
const Readiness = z
  .strictObject({
    status: z.literal('ok'),
    degraded: z.array(z.string()).optional().meta({
      description: 'Functions that the database lacks: requests are answered, but slower',
    }),
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
      summary: 'Whether requests can be served',
      responses: { 200: json(Readiness, 'They can') },
    }),
    async (c) => {
      const degraded = [...(await ping(c.env.db))]
      return c.json({ status: 'ok', ...(degraded.length > 0 && { degraded }) } as const, 200)
    },
  )
