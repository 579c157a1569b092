type Body = Readonly<Record<string, unknown>>
type First = {
  readonly method: string
  readonly path: string
  readonly body?: Body
  readonly note?: string
}

const CUSTOMER = 'Replace CUSTOMER_ID by the id of a customer.'

const jane = { email: 'jane@example.com', firstName: 'Jane', lastName: 'Doe' }

/** For each scope a request that a client with it may make; the best for a start is first. */
const byScope: readonly (readonly [scope: string, First])[] = [
  [
    'customer:write',
    { method: 'POST', path: '/customer', body: { ...jane, password: 'correct horse battery' } },
  ],
  ['customer:register', { method: 'POST', path: '/customer/guest', body: jane }],
  ['customer:read', { method: 'GET', path: '/customer?limit=5' }],
  ['event:read', { method: 'GET', path: '/event?limit=5' }],
  ['group:write', { method: 'POST', path: '/group', body: { key: 'vip', name: 'VIP' } }],
  [
    'webhook:write',
    { method: 'POST', path: '/webhook', body: { url: 'https://example.com/', events: ['*'] } },
  ],
  ['customer:erase', { method: 'GET', path: '/erasure?limit=5' }],
  [
    'order:write',
    {
      method: 'PUT',
      path: '/customer/CUSTOMER_ID/order/A-1',
      body: {
        ...{ total: 4900, currency: 'USD', state: 'paid', version: 1 },
        placedAt: '2026-01-01T12:00:00Z',
      },
      note: CUSTOMER,
    },
  ],
  ['session:create', { method: 'POST', path: '/customer/CUSTOMER_ID/session', note: CUSTOMER }],
  [
    'merge:write',
    {
      method: 'POST',
      path: '/customer/CUSTOMER_ID/merge/preview',
      body: { from: 'OTHER_ID' },
      note: 'Replace CUSTOMER_ID and OTHER_ID by the ids of two customers.',
    },
  ],
]

/** How early in the list a client of these scopes is; the first one is the best. */
export const rankOfScopes = (scopes: readonly string[]): number => {
  const at = byScope.findIndex(([scope]) => scopes.includes(scope))
  return at === -1 ? byScope.length : at
}

/** What a client of these scopes may ask for first; undefined if there is nothing that it may do by itself. */
export const firstRequestForScopes = (scopes: readonly string[]): First | undefined =>
  byScope[rankOfScopes(scopes)]?.[1]
