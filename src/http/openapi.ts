import * as z from 'zod'
import { type Endpoint, json, jsonText, route, routes } from './route.ts'

const Document = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApi' })

/**
 * The document at its address. It is made when it is first asked for, and what makes it is loaded for no other request; it is
 * handed the routes, for a bundler wraps all that it would import itself.
 */
export function openapiRoutes(endpoints: () => readonly Endpoint[]) {
  let text: Promise<string> | undefined
  const published = async () => {
    const { openapiDocument } = await import('./document/document.ts')
    return JSON.stringify(openapiDocument(endpoints()))
  }
  return routes().openapi(
    route('GET /openapi.json', {
      tags: ['Documentation'],
      summary: 'This document',
      responses: { 200: json(Document, 'OpenAPI 3.1') },
    }),
    async (c) => {
      text ??= published()
      return jsonText(c, await text)
    },
  )
}
