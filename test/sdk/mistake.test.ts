import { expect, test } from 'vitest'
import { Commerce, type CommerceError } from '../../src/sdk/index.ts'

test.each([
  undefined,
  null,
  '',
  '/api',
  'localhost:8787',
  'customers.example.com',
  'ftp://x',
  'https://',
])('a baseUrl that is no URL of a service is refused in one sentence: %s', (baseUrl) => {
  expect(() => new Commerce({ baseUrl: baseUrl as string })).toThrow(
    `baseUrl must be the URL of the service, such as https://customers.example.com, not ${JSON.stringify(baseUrl)}.`,
  )
})

const refusal = {
  code: 'caller_not_allowed',
  detail: 'The token belongs to a storefront.',
  callers: ['service', 'shopper'],
}
const refusing = (body: object) =>
  new Commerce({
    baseUrl: 'http://customer.test',
    token: 'storefront',
    fetch: async () => Response.json(body, { status: 403, headers: { 'X-Request-Id': 'req_1' } }),
  })
const failureOf = (commerce: Commerce): Promise<CommerceError> =>
  commerce.customers.addAddress({ line1: '1 A St', country: 'US' }).then(
    () => Promise.reject(new Error('it was accepted')),
    (error) => error,
  )

test('a call of a shopper without a session says that the session is missing', async () => {
  const error = await failureOf(refusing(refusal))
  expect(error.message).toBe(
    'The token belongs to a storefront. Nobody is logged in: pass the session to `setToken`. (403 caller_not_allowed, req_1)',
  )
  // For people, who can do nothing about it.
  expect(error.detail).toBe('The token belongs to a storefront.')
})

test('no other refusal says so', async () => {
  const withSession = refusing(refusal)
  withSession.setToken('a-shopper')
  for (const commerce of [withSession, refusing({ ...refusal, callers: ['service'] })])
    expect((await failureOf(commerce)).message).not.toContain('Nobody')
})

test('an error without an answer has the same text for people', async () => {
  const commerce = new Commerce({
    baseUrl: 'http://customer.test',
    token: 't',
    retries: 0,
    fetch: () => Promise.reject(new TypeError('failed')),
  })
  expect((await failureOf(commerce)).detail).toBe('The service could not be reached.')
})

test.each([undefined, {}, { access_token: 'a' }, Promise.resolve({ accessToken: 'a' }), 5])(
  'setToken refuses what is no session in one sentence: %o',
  (token) => {
    const commerce = refusing(refusal)
    commerce.setToken({ accessToken: 'kept' })
    expect(() => commerce.setToken(token as string)).toThrow(
      'setToken takes a session with an `accessToken`, an access token, or null. A login is a promise: await it first.',
    )
    expect(commerce.session?.accessToken).toBe('kept')
  },
)

test.each([200, 404, 502])(
  'a page with status %i, which is no answer of the service, names baseUrl',
  async (status) => {
    const commerce = new Commerce({
      baseUrl: 'http://shop.test',
      token: 't',
      retries: 0,
      fetch: async () => new Response('<h1>Shop</h1>', { status }),
    })
    expect(await failureOf(commerce)).toMatchObject({
      code: 'unexpected_response',
      status,
      detail: `The server answered ${status}, but not as the customer service does. Check \`baseUrl\`, and any proxy in between.`,
    })
  },
)

test('a client without its secret asks for no token, and says what is missing', async () => {
  const sent: string[] = []
  const commerce = new Commerce({
    baseUrl: 'http://customer.test',
    clientId: 'demo',
    fetch: async (url) => {
      sent.push(url)
      return Response.json(
        { code: 'unauthenticated', detail: 'Send a token.' },
        { status: 401, headers: { 'X-Request-Id': 'req_1' } },
      )
    },
  })
  expect((await failureOf(commerce)).message).toBe(
    'Send a token. The call carried no token: pass the session to `setToken`, or make the client with `clientId` and `clientSecret`. (401 unauthenticated, req_1)',
  )
  expect(sent).toEqual(['http://customer.test/customer/me/address'])
})
