import * as z from 'zod'
import {
  AddMembership,
  addMembership,
  GroupKeyOrName,
  listMemberships,
  MembershipPage,
  NewMembership,
  removeMembership,
} from '#core/group'
import { CountedPaging } from '#core/page'
import { Refusal } from '#kernel/error'
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

const tags: [string] = ['Group']

const MembershipPath = CustomerPath.extend({
  group: z
    .string()
    .meta({ description: "A group's key or name, in any spelling", examples: ['vip'] }),
})

export const membershipRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /customer/{id}/group', {
      tags,
      summary: "List a customer's groups",
      request: { params: CustomerPath, query: querySchema(CountedPaging.shape) },
      responses: {
        200: openapiJsonAnswer(MembershipPage, 'The groups, by their keys', 'Content-Location'),
      },
      refusals: ['customer_not_found', 'invalid_input', 'invalid_cursor'],
    }),
    async (c) => {
      const id = customerIdOf(c)
      const { page, customerId } = await listMemberships(c.get('ctx'), id, c.req.valid('query'))
      if (customerId !== id) c.header('Content-Location', `/customer/${customerId}/group`)
      return c.json(page, 200)
    },
  )
  .openapi(
    route('POST /customer/{id}/group', {
      tags,
      summary: 'Add a customer to a group',
      description:
        'A member by rule alone becomes a member by hand as well, without an event. The ETag is that of the customer.',
      request: { params: CustomerPath, body: jsonRequestBody(AddMembership) },
      responses: {
        200: openapiJsonAnswer(
          NewMembership,
          'The customer was in the group already',
          'ETag',
          'Location',
        ),
        201: openapiJsonAnswer(NewMembership, 'The customer was added', 'ETag', 'Location'),
      },
      refusals: ['customer_not_found', 'customer_merged', 'group_not_found', 'group_being_deleted'],
    }),
    async (c) => {
      const id = customerIdOf(c)
      const { value, version, added } = await addMembership(c.get('ctx'), id, c.req.valid('json'))
      return c.json(value, added ? 201 : 200, {
        ETag: etag(version),
        Location: `/customer/${id}/group`,
      })
    },
  )
  .openapi(
    route('DELETE /customer/{id}/group/{group}', {
      tags,
      summary: 'Remove a customer from a group',
      description:
        'Ends the membership by hand. If the rule of the group also holds the customer, the customer stays in the group, and there is no event.',
      request: { params: MembershipPath },
      responses: { 204: { description: 'The customer is not in the group by hand any more' } },
      refusals: [
        'customer_not_found',
        'customer_merged',
        'membership_not_found',
        'membership_by_rule',
      ],
    }),
    async (c) => {
      const named = GroupKeyOrName.safeParse(c.req.valid('param').group)
      if (!named.success) throw new Refusal('membership_not_found')
      await removeMembership(c.get('ctx'), customerIdOf(c), named.data)
      return c.body(null, 204)
    },
  )
