import { expect, test } from 'vitest'
import { openapiText } from '../../dev/openapi.ts'
import { Commerce } from '../../src/sdk/index.ts'

/** Not for the client, or what it does by itself. */
const unneeded =
  /^((GET|POST) \/oauth\/|GET \/\.well-known\/|GET \/healthz|GET \/readyz|GET \/openapi\.json|GET \/drift)/

const documented = Object.entries(JSON.parse(openapiText()).paths).flatMap(([path, methods]) =>
  Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
)

type Resource = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

test('every route can be called', async () => {
  const called = new Set<string>()
  const commerce = new Commerce({
    baseUrl: 'http://customer.test',
    token: 't',
    fetch: async (url, init) => {
      called.add(`${init.method} ${new URL(url).pathname}`)
      return Response.json({ data: [], pagination: { nextCursor: null } })
    },
  })
  for (const resource of Object.values(commerce) as Resource[]) {
    for (const call of Object.values(resource)) {
      for (const given of [['a', 'b', 'c'], ['a'], [{ refreshToken: 'r' }, {}], []]) {
        commerce.setToken('access')
        await Promise.resolve()
          .then(() => call(...given))
          .catch(() => undefined)
      }
    }
  }
  const uncalled = documented
    .filter((route) => !unneeded.test(route))
    .filter((route) => {
      const pattern = new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`)
      return ![...called].some((one) => pattern.test(one))
    })
  expect(uncalled).toEqual([])
})
