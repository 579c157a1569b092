import * as z from 'zod'
import { loadAllRoutes } from '../../src/http/load-routes.ts'

type Content = Readonly<Record<string, unknown>> | undefined

const schemaIn = (content: Content): z.ZodType[] =>
  Object.values(content ?? {}).flatMap((media) => {
    const { schema } = Object(media)
    return schema instanceof z.ZodType ? [schema] : []
  })

/** Every route with the schemas of its body, its query and the answers to it. */
export const inputSchemas = (await loadAllRoutes()).map(({ route }) => ({
  key: route.key,
  body: schemaIn(route.request?.body?.content)[0],
  query: route.request?.query instanceof z.ZodType ? route.request.query : undefined,
  isJson: 'application/json' in (route.request?.body?.content ?? {}),
  answers: Object.values(route.responses).flatMap((answer) =>
    schemaIn('content' in answer ? answer.content : undefined),
  ),
}))
