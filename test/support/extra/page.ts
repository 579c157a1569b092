import { ask, type ExtraCall, succeed } from './call.ts'

const fields = [
  'createdAt',
  'updatedAt',
  'totalSpent',
  'orderCount',
  'lastOrderAt',
  'lastName',
  'email',
]
const sorts = fields.flatMap((field) => [`${field}:asc`, `${field}:desc`])
const filters = ['q=sam', 'email=sample1@example.com', 'minOrders=1', 'status=guest']

/** What belongs to one customer, or is asked of it in another way. */
const ofOne: ExtraCall = async (app) => {
  const { id } = await succeed(app, 'POST', '/customer', { body: { email: 'pages@example.com' } })
  await succeed(app, 'PATCH', `/customer/${id}`, { body: { email: 'other@example.com' } })
  const paths = [
    `/event?customer=${id}`,
    `/merge?customer=${id}`,
    `/merge?customer=${id}&state=done`,
    '/merge?state=pending',
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
]
