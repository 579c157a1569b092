import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import {
  type Access,
  accessByRoute,
  nounAndKeyOfEachRoute,
  type RouteKey,
} from '../../src/http/access.ts'
import { loadAllRoutes, loadRoute } from '../../src/http/load-routes.ts'
import { claimsOf, startTestApp } from '../support/app.ts'

const app = await startTestApp()
const routes = Object.entries(accessByRoute) as [RouteKey, Access][]
const closed = routes.filter(([, rule]) => !rule.open)

const concrete = (key: RouteKey): [method: string, path: string] => {
  const [method = '', path = ''] = key.split(' ')
  return [method, path.replace(/\{\w+\}/g, newId('customer', new Date()))]
}

const nobody = await app.runtime.identity.issuer.sign(
  claimsOf(app.runtime, `${app.tenant}-service`, app.tenant, ''),
  600,
)
const shopper = await app.shopperToken(newId('customer', new Date()))

const codeOf = async (key: RouteKey, token: string | null) => {
  const { status, body } = await app.call(...concrete(key), { token })
  return [status, body?.code]
}

describe('a caller that the access table does not name is refused before any other check', () => {
  test.each(closed)('%s', async (key, rule) => {
    expect(await codeOf(key, null)).toEqual([401, 'unauthenticated'])
    expect(await codeOf(key, 'x.y.z')).toEqual([401, 'invalid_token'])
    if (rule.service) expect(await codeOf(key, nobody)).toEqual([403, 'insufficient_scope'])
    if (rule.service === undefined) {
      expect(await codeOf(key, app.tokens.service)).toEqual([403, 'caller_not_allowed'])
    }
    if (!rule.storefront) {
      expect(await codeOf(key, app.tokens.storefront)).toEqual([403, 'caller_not_allowed'])
    }
    if (!rule.shopper) expect(await codeOf(key, shopper)).toEqual([403, 'caller_not_allowed'])
  })
})

describe('a shopper reaches nobody else', () => {
  test.each(closed.filter(([key, rule]) => rule.shopper && key.includes('/customer/{id}')))(
    '%s',
    async (key) => {
      const { status } = await app.call(...concrete(key), {
        token: shopper,
        body: key.startsWith('GET') ? undefined : {},
      })
      expect(status).toBeOneOf([403, 422])
    },
  )
})

test('the file of each noun answers the routes that the table says, and no other', async () => {
  const found = await Promise.all(nounAndKeyOfEachRoute.map(([noun, key]) => loadRoute(noun, key)))
  expect(found.map(({ route }) => route.key)).toEqual(nounAndKeyOfEachRoute.map(([, key]) => key))
  expect(await loadAllRoutes()).toHaveLength(nounAndKeyOfEachRoute.length)
})
