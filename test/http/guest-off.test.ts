import { expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp({ settings: { allow_guest_checkout: false } })

test.each(['service', 'storefront'] as const)(
  'a store without guest checkout refuses a %s',
  async (caller) => {
    const { status, body } = await app.call('POST', '/customer/guest', {
      body: { email: 'jane@example.com' },
      token: app.tokens[caller],
    })
    expect([status, body.code]).toEqual([403, 'guest_checkout_disabled'])
  },
)
