import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Env } from './env.ts'
import { json, route } from './route.ts'

/** The OpenAPI 3.1 document, made from the routes and the schemas that validate. */
export function openapiDocument(app: OpenAPIHono<Env>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token from `POST /oauth/token` or a session. Scopes are listed per route.',
  })
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Customer service',
      version: '1.0.0',
      description:
        'Customer accounts for commerce: accounts, login, addresses, groups, guests and their merge, order counters, events and webhooks.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  })
}

const Document = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApi' })

/** The document at its address; made when it is first asked for, for it is work that no other request needs. */
export function publishDocument(app: OpenAPIHono<Env>): void {
  let text: string | undefined
  const published = route('GET /openapi.json', {
    tags: ['Documentation'],
    summary: 'This document',
    responses: { 200: json(Document, 'OpenAPI 3.1') },
  })
  app.openapi(published, (c) => {
    text ??= JSON.stringify(openapiDocument(app))
    return c.body(text, 200, { 'Content-Type': 'application/json' }) as never
  })
}
