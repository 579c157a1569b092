import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../support/app.ts'
import { logIn, makeShopper, someAddress } from '../../support/shopper.ts'

const app = await startTestApp()
const { call } = app

const open = (id: string, body?: unknown, token?: string | Promise<string>) =>
  call('POST', `/customer/${id}/session`, { body, ...(token === undefined ? {} : { token }) })
const codeOf = ({ status, body }: Awaited<ReturnType<typeof open>>) => [status, body?.code]

describe('a service opens a session', () => {
  test('by which the shopper is logged in, and which says nothing of the device', async () => {
    const shopper = await makeShopper(app)
    const { status, body } = await open(shopper.id, { reason: 'Logged in at the till' })
    expect([status, body.userId, body.deviceToken]).toEqual([201, shopper.id, undefined])
    const me = await call('GET', '/auth/me', { token: body.accessToken })
    expect([me.status, me.body.id]).toEqual([200, shopper.id])
    const refreshed = await call('POST', '/auth/refresh', {
      body: { refreshToken: body.refreshToken },
      token: null,
    })
    expect([refreshed.status, refreshed.body.deviceToken]).toEqual([200, undefined])
  })

  test('which is on the timeline with the service and the reason, is listed and can be ended', async () => {
    const { id } = await makeShopper(app)
    const { body } = await open(id, { reason: 'Logged in at the till' })
    const { body: list } = await call('GET', `/customer/${id}/session`)
    expect(list.data).toMatchObject([{ provenAt: null, clientId: `${app.tenant}-service` }])
    const { body: events } = await call('GET', `/customer/${id}/event`)
    const told = events.data.filter((event: { type: string }) => /session_opened/.test(event.type))
    expect(told).toMatchObject([
      {
        type: 'customer.session_opened',
        actor: { type: 'service' },
        data: { sessionId: list.data[0].id, reason: 'Logged in at the till' },
      },
    ])
    const ended = await call('DELETE', `/customer/${id}/session/${list.data[0].id}`)
    expect(ended.status).toBe(204)
    expect((await call('GET', '/auth/me', { token: body.accessToken })).status).toBe(401)
  })

  test('each time anew, without a body too, and no other session ends', async () => {
    const shopper = await makeShopper(app)
    await logIn(app, shopper)
    expect((await open(shopper.id)).status).toBe(201)
    expect((await open(shopper.id, { reason: null })).status).toBe(201)
    const { body } = await call('GET', `/customer/${shopper.id}/session`)
    expect(body.data).toHaveLength(3)
  })
})

const unverified = async () =>
  (
    await call('POST', '/customer', {
      body: { email: someAddress(), password: 'a quiet river 42' },
    })
  ).body.id
const guest = async () =>
  (await call('POST', '/customer/guest', { body: { email: someAddress() } })).body.id
const whenDone = async (path: string, method = 'POST') => {
  const { id } = await makeShopper(app)
  await call(method, `/customer/${id}${path}`)
  return id
}
const merged = async () => {
  const [{ id: from }, { id }] = [await makeShopper(app), await makeShopper(app)]
  await call('POST', `/customer/${id}/merge`, { body: { from } })
  return from
}

describe('no session is opened', () => {
  test.each<[string, () => Promise<string>, number, string]>([
    ['for a guest', guest, 409, 'customer_is_guest'],
    ['for an account that is disabled', () => whenDone('/disable'), 403, 'customer_disabled'],
    ['for an account that nobody has proven', unverified, 403, 'email_unverified'],
    ['for a merged customer', merged, 409, 'customer_merged'],
    ['for an erased customer', () => whenDone('/erase'), 404, 'customer_not_found'],
    ['for a deleted customer', () => whenDone('', 'DELETE'), 404, 'customer_not_found'],
    ['for an unknown id', async () => 'cust_01jz5qk8f3e8ar1vp0h2n4x6ab', 404, 'customer_not_found'],
    ['for a text that is no id', async () => 'jane', 404, 'customer_not_found'],
  ])('%s', async (_, make, status, code) => {
    const id = await make()
    expect(codeOf(await open(id))).toEqual([status, code])
    const { body } = await call('GET', `/customer/${id}/event`)
    const types = (body.data ?? []).map((event: { type: string }) => event.type)
    expect(types).not.toContain('customer.session_opened')
  })

  test.each<[string, () => string | Promise<string>, number, string]>([
    [
      'without the scope',
      () => app.tokenWith('customer:read customer:write'),
      403,
      'insufficient_scope',
    ],
    ['by a storefront', () => app.storefrontToken(), 403, 'caller_not_allowed'],
    ['by another shop', () => app.strangerToken(), 404, 'customer_not_found'],
    [
      'by a shopper',
      async () => (await logIn(app, await makeShopper(app))).accessToken,
      403,
      'caller_not_allowed',
    ],
  ])('%s', async (_, token, status, code) => {
    const { id } = await makeShopper(app)
    expect(codeOf(await open(id, undefined, await token()))).toEqual([status, code])
    expect((await call('GET', `/customer/${id}/session`)).body.data).toEqual([])
  })

  test('with a reason that is too long', async () => {
    const { id } = await makeShopper(app)
    expect(codeOf(await open(id, { reason: 'x'.repeat(501) }))).toEqual([422, 'invalid_input'])
  })

  test('even where unproven accounts may log in by their password', async () => {
    const lax = await startTestApp({ settings: { require_email_verification: false } })
    const { body } = await lax.call('POST', '/customer', {
      body: { email: someAddress(), password: 'a quiet river 42' },
    })
    const { status, body: refusal } = await lax.call('POST', `/customer/${body.id}/session`)
    expect([status, refusal.code]).toEqual([403, 'email_unverified'])
  })
})
