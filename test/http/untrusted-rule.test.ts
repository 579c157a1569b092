import { describe, expect, test } from 'vitest'
import { filterTrust, type laterFilters } from '#core/customer'
import { startTestApp } from '../support/app.ts'
import { openMails } from '../support/mail.ts'
import { logIn, makeShopper, PASSWORD, someAddress } from '../support/shopper.ts'

const app = await startTestApp({
  settings: { metadata_filter_keys: ['note'], metadata_service_keys: ['tier'] },
})
const { call } = app
const mails = openMails(app)

type Trust = typeof filterTrust
type Later = (typeof laterFilters)[number]
/** The filters whose values shoppers can change. */
type Untrusted = {
  [F in keyof Trust]: Trust[F] extends 'shopper' | 'metadata' ? F : never
}[keyof Trust]

/** Makes a customer's value be this, as an outsider may; answers with the address of the customer. */
type Way = () => Promise<string>

const home = { line1: 'Ring 1', city: 'Wien', postalCode: '1010', country: 'AT' }

/** A shopper changes the own account. */
const own = (change: (token: string) => Promise<unknown>) => async () => {
  const shopper = await makeShopper(app)
  await change((await logIn(app, shopper)).accessToken)
  return shopper.email
}
const patched = (body: object) => own((token) => call('PATCH', '/customer/me', { token, body }))

/** A stranger registers in the storefront, and proves the inbox. */
const registered = (fields: object) => async () => {
  const email = someAddress()
  const token = await app.storefrontToken()
  await call('POST', '/customer', { token, body: { email, password: PASSWORD, ...fields } })
  const link = await mails.next(email)
  await call('POST', '/auth/verify-email', {
    token,
    body: { token: link.token, password: PASSWORD },
  })
  return email
}

/** A stranger checks out in the storefront as a guest, and proves nothing. */
const checkedOut = (fields: object) => async () => {
  const email = someAddress()
  const token = await app.storefrontToken()
  await call('POST', '/customer/guest', { token, body: { email, ...fields } })
  return email
}

type Case = { readonly asks: unknown; readonly path: string; readonly ways: Record<string, Way> }

/** How outsiders write what a filter reads. A filter that the list gets later has no way yet. */
const untrusted: Record<Exclude<Untrusted, Later>, Case> & Record<Later & Untrusted, string> = {
  country: {
    asks: 'AT',
    path: 'country',
    ways: {
      'a new address': own((token) => call('POST', '/customer/me/address', { token, body: home })),
      'another country of an address': own(async (token) => {
        const { body } = await call('POST', '/customer/me/address', {
          token,
          body: { ...home, country: 'DE', postalCode: '10115' },
        })
        await call('PATCH', `/customer/me/address/${body.id}`, {
          token,
          body: { country: 'AT', postalCode: '1010' },
        })
      }),
      'the address of a guest': checkedOut({ address: home }),
    },
  },
  locale: {
    asks: 'de-AT',
    path: 'locale',
    ways: {
      'the profile': patched({ locale: 'de-AT' }),
      'a registration': registered({ locale: 'de-AT' }),
      'a guest checkout': checkedOut({ locale: 'de-AT' }),
    },
  },
  metadata: {
    asks: { note: 'me' },
    path: 'metadata.note',
    ways: {
      'the profile': patched({ metadata: { note: 'me' } }),
      'a registration': registered({ metadata: { note: 'me' } }),
    },
  },
  city: 'Wien',
  street: 'Ring 1',
  postalCode: '1010',
  company: 'Acme',
  consent: 'marketing:granted',
}

const fields = Object.keys(filterTrust) as (keyof Trust)[]

test('every filter whose value shoppers can change is here', () => {
  const changeable = fields.filter((name) => /shopper|metadata/.test(filterTrust[name]))
  expect(Object.keys(untrusted).sort()).toEqual(changeable.sort())
})

/** What somebody is told who makes, changes or previews a group. */
async function refusalsOf(key: string, asked: object) {
  await call('POST', '/group', { body: { key: `${key}-old` } })
  const answers = [
    await call('POST', '/group', { body: { key, ...asked } }),
    await call('PATCH', `/group/${key}-old`, { body: asked }),
    await call('POST', '/group-preview', { body: asked }),
  ]
  return answers.map(({ status, body }) => [
    status,
    body.code,
    body.errors?.map(({ path, code }: Record<string, string>) => `${path} ${code}`),
  ])
}
const thrice = (what: unknown) => [what, what, what]

describe.each(Object.entries(untrusted))('a rule with %s', (name, it) => {
  const isLater = typeof it === 'string'
  const rule = { minSpent: 0, [name]: isLater ? it : it.asks }
  const path = `rule.${isLater ? name : it.path}`

  test('is refused without a word of the group, and names what it reads', async () => {
    for (const allowed of [{}, { allowShopperValues: false }]) {
      expect(await refusalsOf(name, { rule, ...allowed })).toEqual(
        thrice([422, 'rule_not_trusted', [`${path} shopper_value`]]),
      )
    }
  })

  test(
    isLater ? 'is not taken with it either, yet' : 'holds with it whom outsiders make fit',
    async () => {
      const asked = { rule, allowShopperValues: true }
      if (isLater) {
        const told = [422, 'invalid_input', [`${path} not_available_yet`]]
        return expect(await refusalsOf(name, asked)).toEqual(thrice(told))
      }
      const key = `allowed-${name}`
      expect((await call('POST', '/group', { body: { key, ...asked } })).status).toBe(201)
      await app.drain()
      for (const [way, go] of Object.entries(it.ways)) {
        const email = await go()
        await app.drain()
        const { data } = (await call('GET', `/customer?email=${encodeURIComponent(email)}`)).body
        expect(data[0]?.groups, way).toEqual([key])
      }
      const back = await call('PATCH', `/group/${key}`, { body: { allowShopperValues: false } })
      expect([back.body.code, back.body.errors[0].path]).toEqual(['rule_not_trusted', path])
      await call('DELETE', `/group/${key}`)
    },
  )
})

describe.each([
  ['group', 'group'],
  ['group', 'groupNot'],
  ['groupNot', 'group'],
  ['groupNot', 'groupNot'],
])('a reads b by %s, and b reads c by %s', (first, second) => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `${name}-${first}-${second}`.toLowerCase())
  const readsB = { rule: { [first]: [b] } }
  const readsC = { rule: { [second]: [c] } }
  const country = { rule: { country: 'AT' } }
  const orders = { rule: { minOrders: 5 } }
  const allow = { allowShopperValues: true }

  const post = (key: string | undefined, body: object) =>
    call('POST', '/group', { body: { key, ...body } })
  const patch = (key: string | undefined, body: object) => call('PATCH', `/group/${key}`, { body })
  const drop = async () => {
    for (const key of [a, b, c]) await call('DELETE', `/group/${key}`)
  }
  const told = async (answer: ReturnType<typeof call>) => {
    const { status, body } = await answer
    return [status, ...(body.errors ?? []).map(({ path }: { path: string }) => path)]
  }
  const refused = (...keys: (string | undefined)[]) => [422, ...keys.map((key) => `group/${key}`)]

  test('the readers of a group of shoppers are refused, however they come to read it', async () => {
    await post(c, { ...country, ...allow })
    expect(await told(post(b, readsC))).toEqual(refused(c))
    await post(b, orders)
    await post(a, readsB)
    expect(await told(patch(b, readsC))).toEqual(refused(c))
    expect(await told(patch(b, { ...readsC, ...allow }))).toEqual(refused(a))
    expect(await told(patch(b, allow))).toEqual(refused(a))
    await call('DELETE', `/group/${a}`)
    expect((await patch(b, { ...readsC, ...allow })).status).toBe(200)
    expect(await told(post(a, readsB))).toEqual(refused(b, c))
    expect(await told(call('POST', '/group-preview', { body: readsB }))).toEqual(refused(b, c))
    expect(await told(patch(b, { allowShopperValues: false }))).toEqual(refused(c))
    await post(a, orders)
    expect(await told(patch(a, readsB))).toEqual(refused(b, c))
    expect((await patch(a, { ...readsB, ...allow })).status).toBe(200)
    expect(await told(patch(a, { allowShopperValues: false }))).toEqual(refused(b, c))
    expect(await told(patch(c, { allowShopperValues: false }))).toEqual([422, 'rule.country'])
    expect((await patch(c, { ...orders, allowShopperValues: false })).status).toBe(200)
    expect(await told(patch(a, { allowShopperValues: false }))).toEqual(refused(b))
    expect((await patch(b, { allowShopperValues: false })).status).toBe(200)
    expect((await patch(a, { allowShopperValues: false })).status).toBe(200)
    await drop()
  })

  test.each([
    ['a rule', orders],
    ['no rule', {}],
  ])(
    'the flag of a group with %s that trusted rules read is refused with their keys',
    async (_, body) => {
      await post(c, body)
      await post(b, readsC)
      await post(a, readsB)
      for (const asked of [allow, { ...country, ...allow }]) {
        expect(await told(patch(c, asked))).toEqual(refused(a, b))
      }
      expect(await told(patch(c, country))).toEqual([422, 'rule.country'])
      await drop()
    },
  )

  test('and when two of these changes race, never both are made', async () => {
    for (const race of [
      () => [patch(c, allow), patch(b, readsC)],
      () => [patch(c, { ...country, ...allow }), patch(b, readsC)],
      () => [patch(b, { ...readsC, ...allow }), post(a, readsB)],
    ]) {
      await post(c, orders)
      await post(b, orders)
      const answers = await Promise.all(race())
      const made = answers.filter(({ status }) => status < 300)
      const not = answers.filter(({ body }) => body.code === 'rule_not_trusted')
      expect([made.length, not.length]).toEqual([1, 1])
      await drop()
    }
  })
})
