import { Paging, pageSchema } from '#core/page'
import {
  CustomerExport,
  EraseCustomer,
  ErasedPeople,
  Erasure,
  ExportQuery,
  eraseCustomer,
  exportCustomer,
  findErasure,
  listErasures,
  listRetention,
  Retentions,
} from '#core/privacy'
import { etag } from './precondition.ts'
import { querySchema } from './query-schema.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'
import { readStaffReason } from './staff-reason.ts'

const tags: [string] = ['Privacy']

export const privacyRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer/{id}/export', {
      tags,
      summary: 'Export all data about a customer',
      description:
        'Includes the customers that were merged into it, and the guests of its address if that address is verified and claimed. It leaves out other customers’ data from an undone merge. `customer.exported` reports the export, with the reason in `X-Reason`.',
      request: {
        params: CustomerPath,
        query: querySchema(ExportQuery.shape),
      },
      responses: { 200: openapiJsonAnswer(CustomerExport, 'The whole export, or its first page') },
      refusals: [
        'customer_not_found',
        'customer_merged',
        'invalid_input',
        'invalid_cursor',
        'fresh_proof_required',
      ],
    }),
    async (c) =>
      c.json(
        await exportCustomer(
          c.get('ctx'),
          customerIdOf(c),
          c.req.valid('query'),
          readStaffReason(c),
        ),
        200,
      ),
  )
  .openapi(
    route('POST /customer/{id}/erase', {
      tags,
      summary: 'Erase a customer for good',
      description:
        'Also erases every customer that was merged into it, and the guests of its address if that address is verified and claimed. Orders and sums of money stay, without a name. The erasure is final. Afterwards the ids answer 404, and the receipt stays. The event `customer.erased` names all ids to the receivers, which have to erase the same data.',
      request: {
        params: CustomerPath,
        body: { ...jsonRequestBody(EraseCustomer), required: false },
      },
      responses: {
        200: openapiJsonAnswer(Erasure, 'It is done: the receipt'),
        202: openapiJsonAnswer(
          Erasure,
          'The customer is erased, and jobs empty the rest of a long history',
        ),
      },
      refusals: [
        'invalid_input',
        'malformed_json',
        'customer_not_found',
        'customer_merged',
        'invalid_credentials',
        'fresh_proof_required',
        'identity_elsewhere',
      ],
    }),
    async (c) => {
      const erasure = await eraseCustomer(c.get('ctx'), customerIdOf(c), c.req.valid('json'))
      return erasure.state === 'done' ? c.json(erasure, 200) : c.json(erasure, 202)
    },
  )
  .openapi(
    route('GET /customer/{id}/erasure', {
      tags,
      summary: 'Retrieve the receipt of an erasure',
      description:
        'Use the id of the customer, of one that was merged into it, or of a guest that was erased with it. `webhooks` lists the webhooks that were told, and shows which ones answered 2xx.',
      request: { params: CustomerPath },
      responses: {
        200: openapiJsonAnswer(
          Erasure,
          'Each erasure: the customers, the time, the caller and the reason',
          'ETag',
        ),
      },
      refusals: ['customer_not_found'],
    }),
    async (c) => {
      const { value, version } = await findErasure(c.get('ctx'), customerIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('GET /erasure', {
      tags,
      summary: 'Follow all erasures',
      description:
        'Keep this list outside the database. A restored backup brings people back, and `npm run erase:replay` erases them again with this list. After a restore, read the list from its beginning.',
      request: { query: querySchema(Paging.shape) },
      responses: {
        200: openapiJsonAnswer(pageSchema(ErasedPeople, 'ErasurePage'), 'Oldest first'),
      },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listErasures(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('GET /retention', {
      tags,
      summary: 'List the retention periods',
      description:
        'The retention periods of this shop, with its settings and the time of each next deletion.',
      responses: { 200: openapiJsonAnswer(Retentions, 'One entry for each kind of data') },
    }),
    async (c) => c.json(await listRetention(c.get('ctx')), 200),
  )
