import { GroupPreview, PreviewGroup, previewGroup } from '#core/rule'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

export const groupPreviewRoutes: NounRoutes = newNounRoutes().openapi(
  route('POST /group-preview', {
    tags: ['Group'],
    summary: 'Preview the rule of a group',
    description: 'Finds the customers that a rule would hold now. It writes nothing.',
    request: { body: jsonRequestBody(PreviewGroup) },
    responses: { 200: openapiJsonAnswer(GroupPreview, 'How many there are, and the first ten') },
    refusals: ['invalid_input', 'rule_not_trusted', 'narrow_the_query'],
  }),
  async (c) => c.json(await previewGroup(c.get('ctx'), c.req.valid('json')), 200),
)
