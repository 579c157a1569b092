import * as z from 'zod'
import { type NounRoutes, newNounRoutes, openapiJsonAnswer, route } from './route.ts'

const Document = z
  .looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) })
  .meta({ id: 'OpenApi' })

/** Makes the document with the first request for it; its code is loaded for no other request. */
const published = async (): Promise<string> => {
  const [{ openapiDocument }, { loadAllRoutes }] = await Promise.all([
    import('./document/openapi-document.ts'),
    import('./load-routes.ts'),
  ])
  return JSON.stringify(openapiDocument(await loadAllRoutes()))
}
/** The text and not its promise: a promise that failed, or whose request was cancelled, would be shared with other requests. */
let text: string | undefined

export const openapiRoutes: NounRoutes = newNounRoutes().written(
  route('GET /openapi.json', {
    tags: ['Documentation'],
    summary: 'The OpenAPI document of this API',
    responses: { 200: openapiJsonAnswer(Document, 'OpenAPI 3.1') },
  }),
  async () => {
    text ??= await published()
    return text
  },
)
