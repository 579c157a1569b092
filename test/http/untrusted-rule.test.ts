import { describe, expect, test } from 'vitest'
import { filterTrustInRules } from '#core/customer'
import { startTestApp } from '../support/app.ts'
import { home, outsiderIn, taken } from '../support/outsider.ts'
import { logIn, makeShopper, someAddress } from '../support/shopper.ts'

const app = await startTestApp({
  settings: { metadata_filter_keys: ['note'], metadata_service_keys: ['tier'] },
})
const { call } = app
const { ask, register, addAddress } = outsiderIn(app)

type Trust = typeof filterTrustInRules
/** The filters whose values shoppers can change. */
type Untrusted = {
  [F in keyof Trust]: Trust[F] extends 'shopper' | 'metadata' ? F : never
}[keyof Trust]

/** Makes a customer's value be this, as an outsider may; answers with the address of the customer. */
type Way = () => Promise<string>

/** A shopper changes the own account. */
const own = (change: (token: string) => Promise<unknown>) => async () => {
  const shopper = await makeShopper(app)
  await change((await logIn(app, shopper)).accessToken)
  return shopper.email
}
const patched = (body: object) =>
  own((token) => taken(call('PATCH', '/customer/me', { token, body })))

/** A stranger registers in the storefront, and proves the inbox. */
const registered = (fields: object) => () => register(someAddress(), fields)

/** A stranger checks out in the storefront as a guest, and proves nothing. */
const checkedOut = (fields: object) => async () => {
  const email = someAddress()
  await taken(ask('/customer/guest', { email, ...fields }))
  return email
}

type Case = { readonly asks: unknown; readonly path: string; readonly ways: Record<string, Way> }

/** A filter by what addresses have. */
const ofPlace = (path: string, asks: string, fields: object = {}): Case => ({
  asks,
  path,
  ways: {
    'a new address': own((token) => addAddress(token, fields)),
    'a changed address': own(async (token) => {
      const id = await addAddress(token, { line1: 'Gasse 2', city: 'Graz', postalCode: '8010' })
      const body = { ...home, ...fields }
      await taken(call('PATCH', `/customer/me/address/${id}`, { token, body }))
    }),
    'the address of a guest': checkedOut({ address: { ...home, ...fields } }),
  },
})

/** How outsiders write what a filter reads. */
const untrusted: Record<Untrusted, Case> = {
  country: {
    asks: 'AT',
    path: 'country',
    ways: {
      'a new address': own((token) => addAddress(token)),
      'another country of an address': own(async (token) => {
        const id = await addAddress(token, { country: 'DE', postalCode: '10115' })
        const body = { country: 'AT', postalCode: '1010' }
        await taken(call('PATCH', `/customer/me/address/${id}`, { token, body }))
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
  city: ofPlace('city', 'wien'),
  street: ofPlace('street', 'ring 1'),
  postalCode: ofPlace('postalCode', 'A-1010'),
  company: ofPlace('company', 'acme', { company: 'Acme Ltd' }),
  consent: {
    asks: 'terms:granted',
    path: 'consent',
    ways: {
      'the own consent': own((token) =>
        taken(call('PUT', '/customer/me/consent/terms', { token, body: { state: 'granted' } })),
      ),
    },
  },
}

const fields = Object.keys(filterTrustInRules) as (keyof Trust)[]

test('every filter whose value shoppers can change is here', () => {
  const changeable = fields.filter((name) => /shopper|metadata/.test(filterTrustInRules[name]))
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
  const rule = { minSpent: 0, [name]: it.asks }
  const path = `rule.${it.path}`

  test('is refused without a word of the group, and names what it reads', async () => {
    for (const allowed of [{}, { allowShopperValues: false }]) {
      expect(await refusalsOf(name, { rule, ...allowed })).toEqual(
        thrice([422, 'rule_not_trusted', [`${path} shopper_value`]]),
      )
    }
  })

  test('holds with it whom outsiders make fit', async () => {
    const asked = { rule, allowShopperValues: true }
    const key = `allowed-${name.toLowerCase()}`
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
  })
})
