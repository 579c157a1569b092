import * as z from 'zod'
import {
  findMerge,
  ListMerges,
  listMerges,
  Merge,
  MergeCustomers,
  MergePreview,
  mergeCustomers,
  PreviewMerge,
  previewMerge,
  undoMerge,
} from '#core/merge'
import { pageSchema } from '#core/page'
import { etag } from './precondition.ts'
import { querySchema } from './query-schema.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  pathIdReader,
  route,
} from './route.ts'

const tags: [string] = ['Merge']

const MergePath = z.object({ id: z.string().meta({ description: "A merge's id" }) })

const mergeIdOf = pathIdReader('merge', 'merge_not_found')

const refusals = [
  'customer_not_found',
  'customer_merged',
  'merge_with_itself',
  'guest_cannot_survive',
] as const

export const mergeRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /customer/{id}/merge/preview', {
      tags,
      summary: 'See what a merge would do',
      request: { params: CustomerPath, body: jsonRequestBody(PreviewMerge) },
      responses: {
        200: openapiJsonAnswer(MergePreview, 'The data that would move, and the plan to send back'),
      },
      refusals: [...refusals],
    }),
    async (c) =>
      c.json(await previewMerge(c.get('ctx'), customerIdOf(c), c.req.valid('json')), 200),
  )
  .openapi(
    route('POST /customer/{id}/merge', {
      tags,
      summary: 'Merge another customer into this one',
      description:
        'If both are accounts, the merged one loses its login, its sessions and all pending links in mails. The survivor loses its pending links. A mail tells the verified address that can no longer log in.',
      request: { params: CustomerPath, body: jsonRequestBody(MergeCustomers) },
      responses: {
        200: openapiJsonAnswer(Merge, 'It was done before', 'ETag', 'Location'),
        201: openapiJsonAnswer(Merge, 'It is done', 'ETag', 'Location'),
      },
      refusals: [...refusals],
    }),
    async (c) => {
      const { value, version, created } = await mergeCustomers(
        c.get('ctx'),
        customerIdOf(c),
        c.req.valid('json'),
      )
      return c.json(value, created ? 201 : 200, {
        ETag: etag(version),
        Location: `/merge/${value.id}`,
      })
    },
  )
  .openapi(
    route('GET /merge', {
      tags,
      summary: 'List merges',
      request: { query: querySchema(ListMerges.shape) },
      responses: { 200: openapiJsonAnswer(pageSchema(Merge, 'MergePage'), 'Newest first') },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listMerges(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('GET /merge/{id}', {
      tags,
      summary: 'Retrieve a merge',
      request: { params: MergePath },
      responses: {
        200: openapiJsonAnswer(
          Merge,
          'The merge, with the data that moved and the data that stays in the record',
          'ETag',
        ),
      },
      refusals: ['merge_not_found'],
    }),
    async (c) => {
      const { value, version } = await findMerge(c.get('ctx'), mergeIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('POST /merge/{id}/undo', {
      tags,
      summary: 'Undo a merge',
      description: 'A mail to the verified address tells that the account can log in again.',
      request: { params: MergePath },
      responses: {
        200: openapiJsonAnswer(
          Merge,
          'The merge is undone; the answer lists the data that could not be restored',
          'ETag',
        ),
      },
      refusals: ['merge_not_found', 'merge_not_undoable', 'customer_not_found'],
    }),
    async (c) => {
      const { value, version } = await undoMerge(c.get('ctx'), mergeIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
