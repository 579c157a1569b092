import { expect, test, vi } from 'vitest'
import { openapiText } from '../../dev/openapi.ts'
import { Commerce } from '../../src/sdk/index.ts'
import { makeAuthenticator } from '../support/authenticator.ts'
import { stubBrowser } from '../support/browser.ts'

/** Not for the client, or what it does by itself. */
const unneeded =
  /^((GET|POST) \/oauth\/|GET \/\.well-known\/|GET \/$|GET \/healthz|GET \/readyz|GET \/openapi\.json|GET \/drift)/

const documented = Object.entries(JSON.parse(openapiText()).paths).flatMap(([path, methods]) =>
  Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
)

type Call = (...given: unknown[]) => Promise<unknown>

/** The calls of a resource and of those within it. */
const callsOf = (resource: unknown): Call[] =>
  typeof resource === 'function'
    ? [resource as Call]
    : Object.values(resource as object).flatMap(callsOf)

/** The options of a passkey: a browser is asked before the next request. */
const options = {
  ...{ challenge: 'AAAA', rp: { id: 'shop.example' }, rpId: 'shop.example' },
  ...{ user: { id: 'AAAA' }, excludeCredentials: [] },
}

test('every route can be called', async () => {
  stubBrowser(makeAuthenticator())
  const called = new Set<string>()
  const commerce = new Commerce({
    baseUrl: 'http://customer.test',
    token: 't',
    fetch: async (url, init) => {
      called.add(`${init.method} ${new URL(url).pathname}`)
      return Response.json({ data: [], pagination: { nextCursor: null }, ...options })
    },
  })
  for (const call of callsOf(commerce)) {
    for (const given of [['a', 'b', 'c'], ['a'], [{ refreshToken: 'r' }, {}], []]) {
      commerce.setToken('access')
      await Promise.resolve()
        .then(() => call(...given))
        .catch(() => undefined)
    }
  }
  vi.unstubAllGlobals()
  const uncalled = documented
    .filter((route) => !unneeded.test(route))
    .filter((route) => {
      const pattern = new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`)
      return ![...called].some((one) => pattern.test(one))
    })
  expect(uncalled).toEqual([])
})
