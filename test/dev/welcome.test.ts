import { describe, expect, test } from 'vitest'
import { firstRequestForScopes, rankOfScopes } from '../../dev/first-request.ts'
import { scopes } from '../../src/core/context/index.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()

describe.each(scopes)('a client with %s alone', (scope) => {
  test('has a first request that it may make', async () => {
    const first = firstRequestForScopes([scope])
    const path = first?.path.replace(/CUSTOMER_ID/, 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab') ?? ''
    const text = JSON.stringify(first?.body ?? null).replace(
      'OTHER_ID',
      'cust_01jz5qk8f3e8ar1vp0h2n4x6ac',
    )
    const token = scope === 'customer:register' ? app.tokens.storefront : await app.tokenWith(scope)
    const { status, body } = await app.call(first?.method ?? '', path, {
      token,
      ...(text === 'null' ? {} : { body: JSON.parse(text) }),
    })
    if (path.includes('cust_')) expect(body.code).toBe('customer_not_found')
    else expect([200, 201, 202]).toContain(status)
  })
})

test('the client that makes customers is the best', () => {
  expect(rankOfScopes(['event:read', 'customer:write'])).toBe(0)
  expect(firstRequestForScopes([])).toBeUndefined()
})
