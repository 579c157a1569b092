import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  AddAddress,
  Address,
  addAddress,
  deleteAddress,
  findAddress,
  listAddresses,
  UpdateAddress,
  updateAddress,
} from '#core/address'
import { Paging, pageSchema } from '#core/page'
import { type AddressId, isId } from '#kernel/id'
import type { Env } from './env.ts'
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

const tags: [string] = ['Address']
const AddressPage = pageSchema(Address, 'AddressPage')

const AddressPath = CustomerPath.extend({
  addressId: z.string().meta({ examples: ['addr_01jz5qk8f3e8ar1vp0h2n4x6ab'] }),
})

/** The address id of the path; '' if it is malformed. A malformed id is read like an unknown one, after the caller is checked. */
function addressIdOf(c: HonoContext<Env>): AddressId | '' {
  const id = c.req.param('addressId') ?? ''
  return isId('address', id) ? id : ''
}

/** A merged customer's id answers with the survivor's addresses, and names their location. */
function setSurvivorLocation(c: HonoContext<Env>, customerId: string, path: string): void {
  if (customerId !== customerIdOf(c)) c.header('Content-Location', `/customer/${customerId}${path}`)
}

export const addressRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer/{id}/address', {
      tags,
      summary: 'List the addresses of a customer',
      description: 'Oldest first.',
      request: { params: CustomerPath, query: querySchema(Paging.shape) },
      responses: { 200: openapiJsonAnswer(AddressPage, 'A page of addresses', 'Content-Location') },
      refusals: ['invalid_input', 'invalid_cursor', 'customer_not_found'],
    }),
    async (c) => {
      const { customerId, page } = await listAddresses(
        c.get('ctx'),
        customerIdOf(c),
        c.req.valid('query'),
      )
      setSurvivorLocation(c, customerId, '/address')
      return c.json(page, 200)
    },
  )
  .openapi(
    route('POST /customer/{id}/address', {
      tags,
      summary: 'Add an address to a customer',
      request: { params: CustomerPath, body: jsonRequestBody(AddAddress) },
      responses: {
        200: openapiJsonAnswer(
          Address,
          'The customer has the same address already; it is unchanged',
          'ETag',
          'Location',
        ),
        201: openapiJsonAnswer(Address, 'The address', 'ETag', 'Location'),
      },
      refusals: ['customer_not_found', 'customer_merged', 'address_limit_reached'],
    }),
    async (c) => {
      const customerId = customerIdOf(c)
      const { value, version, created } = await addAddress(
        c.get('ctx'),
        customerId,
        c.req.valid('json'),
      )
      return c.json(value, created ? 201 : 200, {
        ETag: etag(version),
        Location: `/customer/${customerId}/address/${value.id}`,
      })
    },
  )
  .openapi(
    route('GET /customer/{id}/address/{addressId}', {
      tags,
      summary: 'Retrieve an address of a customer',
      request: { params: AddressPath },
      responses: { 200: openapiJsonAnswer(Address, 'The address', 'ETag', 'Content-Location') },
      refusals: ['customer_not_found', 'address_not_found'],
    }),
    async (c) => {
      const id = addressIdOf(c)
      const { value, version, customerId } = await findAddress(c.get('ctx'), customerIdOf(c), id)
      setSurvivorLocation(c, customerId, `/address/${id}`)
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('PATCH /customer/{id}/address/{addressId}', {
      tags,
      summary: 'Change an address of a customer',
      request: { params: AddressPath, body: jsonRequestBody(UpdateAddress) },
      responses: { 200: openapiJsonAnswer(Address, 'The address as it is now', 'ETag') },
      refusals: ['customer_not_found', 'customer_merged', 'address_not_found', 'address_exists'],
    }),
    async (c) => {
      const { value, version } = await updateAddress(
        c.get('ctx'),
        customerIdOf(c),
        addressIdOf(c),
        c.req.valid('json'),
      )
      return c.json(value, 200, { ETag: etag(version) })
    },
  )
  .openapi(
    route('DELETE /customer/{id}/address/{addressId}', {
      tags,
      summary: 'Remove an address of a customer',
      request: { params: AddressPath },
      responses: { 204: { description: 'It is deleted' } },
      refusals: ['customer_not_found', 'customer_merged', 'address_not_found'],
    }),
    async (c) => {
      await deleteAddress(c.get('ctx'), customerIdOf(c), addressIdOf(c))
      return c.body(null, 204)
    },
  )
