import { checkDatabase } from '#core/tick'
import { systemContextForTenants } from '../../../src/runtime.ts'
import { ask, type ExtraCall, succeed } from './call.ts'

const fields = [
  'createdAt',
  'updatedAt',
  'totalSpent',
  'orderCount',
  'lastOrderAt',
  'firstName',
  'lastName',
  'email',
]
const sorts = fields.flatMap((field) => [`${field}:asc`, `${field}:desc`])
const filters = ['q=sam', 'email=sample1@example.com', 'minOrders=1', 'status=guest']

/** What is counted beside its page. */
const counted: ExtraCall = async (app) => {
  await succeed(app, 'POST', '/group', { body: { key: 'counted' } })
  const { id } = await succeed(app, 'POST', '/webhook', {
    body: { url: 'https://example.com/counted', events: ['customer.created'] },
  })
  const lists = [
    '/group',
    '/group/counted/member',
    '/merge',
    '/webhook',
    `/webhook/${id}/delivery`,
    '/dead-letter',
  ]
  // The answer of the route says which functions are missing.
  await checkDatabase(systemContextForTenants(app.runtime), null)
  const found = []
  for (const list of lists) found.push(await succeed(app, 'GET', `${list}?count=exact`))
  return found
}

/** What belongs to one customer, or is asked of it in another way. */
const ofOne: ExtraCall = async (app) => {
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'pages@example.com' } })
  await succeed(app, 'PATCH', `/customer/${id}`, { body: { email: 'other@example.com' } })
  const paths = [
    `/event?customer=${id}`,
    `/merge?customer=${id}`,
    `/merge?customer=${id}&state=done`,
    '/merge?state=pending',
    `/merge?customer=${id}&count=exact`,
    `/merge?customer=${id}&state=done&count=exact`,
    '/merge?state=pending&count=exact',
    `/customer/${id}/group?count=exact`,
    `/customer/${id}/event?count=exact`,
    `/customer/${id}/stats?explain=true`,
  ]
  const found = []
  for (const path of paths) found.push(await succeed(app, 'GET', path))
  return found
}

export const pageCalls: readonly ExtraCall[] = [
  ...sorts.map((sort) => ask('GET', `/customer?limit=3&sort=${sort}`)),
  ...filters.map((filter) => ask('GET', `/customer?limit=3&${filter}`)),
  ofOne,
  counted,
]
