import { Accepted } from '#core/account'
import { Customer } from '#core/customer'
import { CreateGuest, checkOutGuest, findOrCreateGuest } from '#core/guest'
import { etag } from './precondition.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

export const guestRoutes: NounRoutes = newNounRoutes().openapi(
  route('POST /customer/guest', {
    tags: ['Customer'],
    summary: 'Find the guest of an e-mail address, or create it',
    description:
      'A storefront gets the same answer for every address, after the same work. The data that it sends stays unproven. If the guest is due to be merged, the service does so within minutes.',
    request: { body: jsonRequestBody(CreateGuest) },
    responses: {
      200: openapiJsonAnswer(
        Customer,
        'For a service: the guest exists, unchanged',
        'ETag',
        'Location',
      ),
      201: openapiJsonAnswer(Customer, 'For a service: the guest was created', 'ETag', 'Location'),
      202: openapiJsonAnswer(Accepted, 'For a storefront; the same for every address'),
    },
    refusals: ['guest_checkout_disabled', 'customer_not_found'],
  }),
  async (c) => {
    const ctx = c.get('ctx')
    const input = c.req.valid('json')
    if (ctx.actor.type === 'storefront') {
      await checkOutGuest(ctx, input)
      return c.json({ status: 'accepted' } as const, 202)
    }
    const { value, version, created } = await findOrCreateGuest(ctx, input)
    return c.json(value, created ? 201 : 200, {
      ETag: etag(version),
      Location: `/customer/${value.id}`,
    })
  },
)
