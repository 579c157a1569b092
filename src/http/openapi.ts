import * as z from 'zod'
import { json, type Noun, route, routes } from './route.ts'

const Document = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApi' })

/** Made when it is first asked for; what makes it is loaded for no other request. */
const published = async (): Promise<string> => {
  const [{ openapiDocument }, { allEndpoints }] = await Promise.all([
    import('./document/document.ts'),
    import('./endpoint.ts'),
  ])
  return JSON.stringify(openapiDocument(await allEndpoints()))
}
/** The text, not the promise of it: one that failed, or whose request was cut off, would be kept for the others. */
let text: string | undefined

export const openapiRoutes: Noun = routes().written(
  route('GET /openapi.json', {
    tags: ['Documentation'],
    summary: 'This document',
    responses: { 200: json(Document, 'OpenAPI 3.1') },
  }),
  async () => {
    text ??= await published()
    return text
  },
)
