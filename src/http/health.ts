import * as z from 'zod'
import { ping } from '#core/context'
import { json, route, routes } from './route.ts'

const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' })
const tags: [string] = ['Health']

export const healthRoutes = routes()
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
      responses: { 200: json(Health, 'They can') },
    }),
    async (c) => {
      await ping(c.env.db)
      return c.json({ status: 'ok' } as const, 200)
    },
  )
