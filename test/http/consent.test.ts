import { describe, expect, test } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { shopIn } from '../support/shop.ts'
import { logIn, PASSWORD } from '../support/shopper.ts'

const app = await startTestApp()
const { call } = app
const mails = openMails(app)
const { account, guest, merge, find, eventsOf, freshEmail, claim } = shopIn(app)
const MINUTE = 60_000
const DAY = 86_400_000

const put = (id: string, purpose: string, body: object, options: object = {}) =>
  call('PUT', `/customer/${id}/consent/${purpose}`, { body, ...options })
const set = async (
  id: string,
  purpose: string,
  state: 'granted' | 'withdrawn',
  more: object = {},
) => {
  const answer = await put(id, purpose, { state, ...more })
  expect(answer.status).toBe(200)
  return answer.body
}
const get = async (id: string, purpose: string) =>
  (await call('GET', `/customer/${id}/consent/${purpose}`)).body
const confirm = async (token: string) =>
  call('POST', '/consent/confirm', { body: { token }, token: await app.storefrontToken() })
/** An account whose owner has proven the address. */
async function makeShopper() {
  const email = freshEmail()
  const { id } = await account({ email, password: PASSWORD })
  await claim(email)
  await app.drain()
  return { id, email, password: PASSWORD }
}
const told = async (id: string) =>
  (await eventsOf(id)).filter(({ type }) => type === 'customer.consent_changed')

describe('what a customer agrees to', () => {
  test('is recorded once for each state and each text, with its event, and stands in the customer', async () => {
    const { id } = await account()
    expect(
      await set(id, 'terms', 'granted', { source: 'checkout', textVersion: 'v2' }),
    ).toMatchObject({
      ...{ purpose: 'terms', state: 'granted', source: 'checkout', textVersion: 'v2' },
      actor: { type: 'service' },
    })
    await set(id, 'terms', 'granted', { source: 'elsewhere', textVersion: 'v2' })
    await set(id, 'terms', 'granted')
    expect((await get(id, 'terms')).history).toHaveLength(1)
    await set(id, 'terms', 'granted', { textVersion: 'v3' })
    await set(id, 'terms', 'withdrawn', { source: 'telephone' })
    const { state, history } = await get(id, 'terms')
    expect(state).toBe('withdrawn')
    expect(
      history.map((one: { state: string; textVersion: string }) => [one.state, one.textVersion]),
    ).toEqual([
      ['withdrawn', null],
      ['granted', 'v3'],
      ['granted', 'v2'],
    ])
    expect(await find(id)).toMatchObject({ consents: { terms: 'withdrawn' } })
    expect((await told(id)).map(({ data }) => data.consent)).toMatchObject([
      { purpose: 'terms', state: 'granted', source: 'checkout', textVersion: 'v2' },
      { purpose: 'terms', state: 'granted', textVersion: 'v3' },
      { purpose: 'terms', state: 'withdrawn', source: 'telephone' },
    ])
    const { body } = await call('GET', `/customer/${id}/consent`)
    expect(body.data.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['terms'])
  })

  test('is changed under the version that was read', async () => {
    const { id } = await account()
    await set(id, 'terms', 'granted')
    const first = await call('GET', `/customer/${id}/consent/terms`)
    await set(id, 'terms', 'withdrawn')
    const stale = await put(
      id,
      'terms',
      { state: 'granted' },
      { headers: { 'If-Match': first.headers.get('ETag') ?? '' } },
    )
    expect([stale.status, stale.body.code]).toEqual([412, 'precondition_failed'])
    expect((await get(id, 'terms')).state).toBe('withdrawn')
  })

  test('is found by the filter, and by no other state', async () => {
    const { id } = await account()
    await set(id, 'letters', 'granted')
    const found = async (consent: string) =>
      (await call('GET', `/customer?consent=${consent}`)).body.data.map(
        (one: { id: string }) => one.id,
      )
    expect(await found('letters:granted')).toEqual([id])
    expect(await found('letters:withdrawn')).toEqual([])
    await set(id, 'letters', 'withdrawn')
    expect(await found('letters:granted')).toEqual([])
    expect(await found('letters:withdrawn')).toEqual([id])
  })

  test('makes members of a group whose rule may read it, and ends their membership', async () => {
    const rule = { consent: 'rulemail:granted' }
    await call('POST', '/group', { body: { key: 'agreed', rule, allowShopperValues: true } })
    await app.drain()
    const { id } = await account()
    await set(id, 'rulemail', 'granted')
    await app.drain()
    const { body } = await call('GET', `/customer/${id}/group`)
    expect(body.data).toMatchObject([
      { key: 'agreed', why: { consent: { asked: 'rulemail:granted', is: 'rulemail:granted' } } },
    ])
    await set(id, 'rulemail', 'withdrawn')
    await app.drain()
    expect((await find(id)).groups).toEqual([])
  })
})

describe('the double opt-in of marketing', () => {
  test('waits for the page of the link: opening it changes nothing, a repeat is answered alike', async () => {
    const email = freshEmail()
    const { id } = await account({ email })
    await mails.all()
    expect(await set(id, 'marketing', 'granted', { textVersion: 'n1' })).toMatchObject({
      state: 'pending',
    })
    const filtered = async () =>
      (await call('GET', `/customer?email=${email}&consent=marketing:granted`)).body.data.length
    expect(await filtered()).toBe(0)
    const mail = await mails.next(email)
    expect(mail.text).toContain('https://shop.example/confirm-consent?token=')
    for (const method of ['GET', 'HEAD']) {
      expect((await app.request(`/consent/confirm?token=${mail.token}`, { method })).status).toBe(
        405,
      )
    }
    expect(await get(id, 'marketing')).toMatchObject({ state: 'pending' })
    const first = await confirm(mail.token)
    expect([first.status, first.body]).toMatchObject([
      200,
      { purpose: 'marketing', state: 'granted' },
    ])
    app.advance(MINUTE)
    expect((await confirm(mail.token)).text).toBe(first.text)
    expect((await get(id, 'marketing')).history).toMatchObject([
      { state: 'granted', source: 'double opt-in', textVersion: 'n1' },
      { state: 'pending', textVersion: 'n1' },
    ])
    expect(await filtered()).toBe(1)
    // The text changes, and the inbox is known.
    expect(await set(id, 'marketing', 'granted', { textVersion: 'n2' })).toMatchObject({
      state: 'granted',
    })
    expect(await mails.all(email)).toEqual([])
    expect(await find(id)).toMatchObject({ status: 'unverified', emailVerified: false })
  })

  test('a withdrawal voids the link, also one that came before it, and the next grant has a new one', async () => {
    const email = freshEmail()
    const { id } = await account({ email })
    await mails.all()
    await set(id, 'marketing', 'granted')
    const { token } = await mails.next(email)
    await set(id, 'marketing', 'withdrawn')
    expect((await confirm(token)).body.code).toBe('mail_token_invalid')
    await set(id, 'marketing', 'granted')
    const next = await mails.next(email)
    expect((await confirm(token)).body.code).toBe('mail_token_invalid')
    expect((await confirm(next.token)).status).toBe(200)
    await set(id, 'marketing', 'withdrawn')
    expect((await confirm(next.token)).body.code).toBe('mail_token_invalid')
    expect((await get(id, 'marketing')).state).toBe('withdrawn')
  })

  test('another address, or seven days, voids it too; while it waits, a repeat mails it again', async () => {
    const email = freshEmail()
    const { id } = await account({ email })
    await mails.all()
    await set(id, 'marketing', 'granted')
    const old = await mails.next(email)
    app.advance(7 * DAY + MINUTE)
    expect((await confirm(old.token)).body.code).toBe('mail_token_invalid')
    await set(id, 'marketing', 'granted')
    const { token } = await mails.next(email)
    expect((await get(id, 'marketing')).history).toHaveLength(1)
    await call('PATCH', `/customer/${id}`, { body: { email: freshEmail() } })
    expect((await confirm(token)).body.code).toBe('mail_token_invalid')
    expect((await get(id, 'marketing')).state).toBe('pending')
  })

  test('a shopper cannot fill an inbox with it', async () => {
    const shopper = await makeShopper()
    const { accessToken: token } = await logIn(app, shopper)
    await mails.all()
    for (let n = 0; n < 5; n++) {
      for (const state of ['granted', 'withdrawn']) {
        await put(
          'me',
          'marketing',
          { state },
          { token, headers: { 'CF-Connecting-IP': '198.18.77.1' } },
        )
      }
    }
    expect(await mails.all(shopper.email)).toHaveLength(0)
    await put(
      'me',
      'marketing',
      { state: 'granted' },
      { token, headers: { 'CF-Connecting-IP': '198.18.77.1' } },
    )
    expect((await mails.all(shopper.email)).length).toBeLessThan(2)
  })
})

describe('a merge', () => {
  test('lets the stricter state win and keeps both histories; its undo gives back what was', async () => {
    const [one, other] = [await account(), await guest()]
    await set(one.id, 'terms', 'granted')
    await set(other.id, 'terms', 'withdrawn', { source: 'mail' })
    await set(one.id, 'letters', 'withdrawn')
    await set(other.id, 'letters', 'granted')
    await set(other.id, 'phone', 'granted')
    const { body: merged } = await merge(one.id, other.id)
    expect((await find(one.id)).consents).toEqual({
      terms: 'withdrawn',
      letters: 'withdrawn',
      phone: 'granted',
    })
    const { history } = await get(one.id, 'terms')
    expect(
      history.map((it: { state: string; customerId: string }) => [it.state, it.customerId]),
    ).toEqual([
      ['withdrawn', one.id],
      ['withdrawn', other.id],
      ['granted', one.id],
    ])
    expect((await get(other.id, 'terms')).state).toBe('withdrawn')
    const [event] = (await eventsOf(one.id)).filter(({ type }) => type === 'customer.merged')
    expect(event?.data.changed).toContain('consents')
    await call('POST', `/merge/${merged.id}/undo`)
    expect((await find(one.id)).consents).toEqual({ terms: 'granted', letters: 'withdrawn' })
    expect((await find(other.id)).consents).toEqual({
      terms: 'withdrawn',
      letters: 'granted',
      phone: 'granted',
    })
    expect((await get(one.id, 'terms')).history).toHaveLength(1)
    expect((await call('GET', `/customer/${one.id}/consent/phone`)).body.code).toBe(
      'consent_not_found',
    )
  })

  test('what was said after it counts, also after its undo', async () => {
    const [one, other] = [await account(), await guest()]
    await set(one.id, 'terms', 'granted')
    await set(other.id, 'terms', 'withdrawn')
    const { body: merged } = await merge(one.id, other.id)
    await set(one.id, 'terms', 'granted', { textVersion: 'v9' })
    await call('POST', `/merge/${merged.id}/undo`)
    expect(await get(one.id, 'terms')).toMatchObject({ state: 'granted', textVersion: 'v9' })
  })
})

describe('what is refused', () => {
  const routes = (id: string) =>
    [
      ['GET', `/customer/${id}/consent`, undefined],
      ['GET', `/customer/${id}/consent/terms`, undefined],
      ['PUT', `/customer/${id}/consent/terms`, { state: 'granted' }],
    ] as const

  test('a customer that is not there, and writes to a merged one', async () => {
    const [one, other] = [await account(), await guest()]
    await merge(one.id, other.id)
    expect((await put(other.id, 'terms', { state: 'granted' })).body.code).toBe('customer_merged')
    await call('DELETE', `/customer/${one.id}`)
    for (const [method, path, body] of routes(one.id)) {
      expect((await call(method, path, { body })).body.code).toBe('customer_not_found')
    }
  })

  test('other shoppers, a storefront, and services without the scope', async () => {
    const { id } = await account()
    const { accessToken } = await logIn(app, await makeShopper())
    const weak = await app.tokenWith('group:write')
    for (const [method, path, body] of routes(id)) {
      for (const token of [accessToken, await app.storefrontToken(), weak]) {
        expect((await call(method, path, { body, token })).status).toBe(403)
      }
    }
  })

  test.each([
    ['a purpose that is none', 'Marketing!', { state: 'granted' }, 'invalid_input'],
    ['a state of the service', 'terms', { state: 'pending' }, 'invalid_input'],
    [
      'an unknown field',
      'terms',
      { state: 'granted', at: '2020-01-01T00:00:00Z' },
      'invalid_input',
    ],
    ['no state', 'terms', {}, 'invalid_input'],
    ['a long source', 'terms', { state: 'granted', source: 'x'.repeat(201) }, 'invalid_input'],
  ])('%s', async (_, purpose, body, code) => {
    const { id } = await account()
    const answer = await put(id, encodeURIComponent(purpose), body)
    expect([answer.status, answer.body.code]).toEqual([422, code])
    expect((await find(id)).consents).toEqual({})
  })

  test('no JSON, and a link that was not made here', async () => {
    const { id } = await account()
    expect((await call('PUT', `/customer/${id}/consent/terms`, { body: '{' })).body.code).toBe(
      'malformed_json',
    )
    expect((await confirm('mt_made-up')).body.code).toBe('mail_token_invalid')
    expect((await call('POST', '/consent/confirm', { body: {} })).body.code).toBe('invalid_input')
    expect((await call('GET', `/customer/${id}/consent/never`)).body.code).toBe('consent_not_found')
    expect((await call('GET', `/customer/${id}/consent/N0!`)).body.code).toBe('invalid_input')
    expect((await call('GET', '/customer?consent=marketing')).body.code).toBe('invalid_input')
  })
})
