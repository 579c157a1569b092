import * as z from 'zod'
import { json, route, routes } from './route.ts'

const Document = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApi' })

let text: Promise<string> | undefined

/** Made when it is first asked for: what makes it is loaded for no other request. */
async function published(): Promise<string> {
  const { openapiDocument } = await import('./document/document.ts')
  return JSON.stringify(openapiDocument())
}

export const openapiRoutes = routes().openapi(
  route('GET /openapi.json', {
    tags: ['Documentation'],
    summary: 'This document',
    responses: { 200: json(Document, 'OpenAPI 3.1') },
  }),
  async (c) => {
    text ??= published()
    return c.body(await text, 200, { 'Content-Type': 'application/json' }) as never
  },
)
