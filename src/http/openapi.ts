import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './env.ts'

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
