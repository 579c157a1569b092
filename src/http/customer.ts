import { Accepted, requestRegistration } from '#core/account'
import {
  CreateCustomer,
  Customer,
  createCustomer,
  DeleteCustomer,
  DisableCustomer,
  deleteCustomer,
  disableCustomer,
  enableCustomer,
  findCustomer,
  findOrCreateCustomer,
  UpdateCustomer,
  updateCustomer,
} from '#core/customer'
import { etag } from './precondition.ts'
import {
  CustomerPath,
  customerIdOf,
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Customer']

/** A repeat under a key finds that the customer of its answer was erased. */
const gone = ['customer_not_found'] as const

export const customerRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('POST /customer', {
      tags,
      summary: 'Register a customer',
      description:
        'A service may leave the password out. Then the customer gets no mail until `POST /customer/{id}/invite`. With a password, a mail asks for the proof of the address.',
      request: { body: jsonRequestBody(CreateCustomer) },
      responses: {
        201: openapiJsonAnswer(Customer, 'The customer, for a service', 'ETag', 'Location'),
        202: openapiJsonAnswer(
          Accepted,
          'For a storefront, the same for every address. A mail says the next step',
        ),
      },
      refusals: [
        'invalid_input',
        'malformed_json',
        'email_taken',
        'external_id_taken',
        'metadata_key_reserved',
        ...gone,
      ],
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const input = c.req.valid('json')
      if (ctx.actor.type === 'storefront') return c.json(await requestRegistration(ctx, input), 202)
      const { value, version } = await createCustomer(ctx, input)
      return c.json(value, 201, { ETag: etag(version), Location: `/customer/${value.id}` })
    },
  )
  .openapi(
    route('POST /customer/find-or-create', {
      tags,
      summary: 'Find the account of an e-mail address, or create it',
      request: { body: jsonRequestBody(CreateCustomer) },
      responses: {
        200: openapiJsonAnswer(Customer, 'It exists', 'ETag', 'Location'),
        201: openapiJsonAnswer(Customer, 'It was created', 'ETag', 'Location'),
      },
      // Nobody has an address that its former owner may still take back.
      refusals: ['invalid_input', 'malformed_json', 'email_taken', 'external_id_taken', ...gone],
    }),
    async (c) => {
      const { value, version, created } = await findOrCreateCustomer(
        c.get('ctx'),
        c.req.valid('json'),
      )
      return c.json(value, created ? 201 : 200, {
        ETag: etag(version),
        Location: `/customer/${value.id}`,
      })
    },
  )
  .openapi(
    route('GET /customer/{id}', {
      tags,
      summary: 'Retrieve a customer',
      request: { params: CustomerPath },
      responses: {
        200: openapiJsonAnswer(
          Customer,
          'The customer, or the survivor it was merged into',
          'ETag',
          'Content-Location',
        ),
      },
      refusals: ['customer_not_found'],
    }),
    async (c) => {
      const { value, version } = await findCustomer(c.get('ctx'), customerIdOf(c))
      if (value.mergedFrom !== undefined) c.header('Content-Location', `/customer/${value.id}`)
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('PATCH /customer/{id}', {
      tags,
      summary: 'Change a customer',
      description:
        'An account with another e-mail address is unverified, and its sessions end. The new address gets a mail that asks for its proof. The old one, if it was verified, gets a warning with a link that undoes the change, and is reserved for 72 hours. Another spelling of the same address has none of these effects.',
      request: { params: CustomerPath, body: jsonRequestBody(UpdateCustomer) },
      responses: { 200: openapiJsonAnswer(Customer, 'The customer as it is now', 'ETag') },
      refusals: [
        'invalid_input',
        'malformed_json',
        'customer_not_found',
        'customer_merged',
        'email_taken',
        'external_id_taken',
        'too_much_metadata',
        'metadata_key_reserved',
      ],
    }),
    async (c) => {
      const { value, version } = await updateCustomer(
        c.get('ctx'),
        customerIdOf(c),
        c.req.valid('json'),
      )
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('DELETE /customer/{id}', {
      tags,
      summary: 'Delete a customer',
      request: {
        params: CustomerPath,
        body: { ...jsonRequestBody(DeleteCustomer), required: false },
      },
      responses: { 204: { description: 'It is deleted' } },
      refusals: [
        'customer_not_found',
        'customer_merged',
        'invalid_credentials',
        'fresh_proof_required',
        'identity_elsewhere',
      ],
    }),
    async (c) => {
      await deleteCustomer(c.get('ctx'), customerIdOf(c), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('POST /customer/{id}/disable', {
      tags,
      summary: 'Bar a customer from login',
      request: {
        params: CustomerPath,
        body: { ...jsonRequestBody(DisableCustomer), required: false },
      },
      responses: { 200: openapiJsonAnswer(Customer, 'The customer as it is now', 'ETag') },
      refusals: [
        'invalid_input',
        'malformed_json',
        'customer_not_found',
        'customer_merged',
        'customer_is_guest',
      ],
    }),
    async (c) => {
      const { value, version } = await disableCustomer(
        c.get('ctx'),
        customerIdOf(c),
        c.req.valid('json'),
      )
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('POST /customer/{id}/enable', {
      tags,
      summary: 'Let a customer log in again',
      request: { params: CustomerPath },
      responses: { 200: openapiJsonAnswer(Customer, 'The customer as it is now', 'ETag') },
      refusals: ['customer_not_found', 'customer_merged', 'customer_is_guest'],
    }),
    async (c) => {
      const { value, version } = await enableCustomer(c.get('ctx'), customerIdOf(c))
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
