import { describe, expect, test } from 'vitest'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { claimsOf, startTestApp } from '../support/app.ts'
import { addressOf, samples } from '../support/sample.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call, runtime, tenant } = app
const service = `${tenant}-service`
const storefront = `${tenant}-storefront`

/** A second service of the tenant. */
const neighbour = `${tenant}-neighbour`
const { clients } = runtime.config
const first = clients.get(service)
if (!(clients instanceof Map) || first === undefined) throw new Error('no service')
clients.set(neighbour, { ...first, id: neighbour })

const sign = (client: string) =>
  runtime.identity.issuer.sign(
    claimsOf(runtime, client, tenant, clients.get(client)?.scopes.join(' ') ?? ''),
    600,
  )

/** The keyed routes of a kind of caller. */
const keyedFor = (may: (rule: Access) => boolean) =>
  (Object.entries(accessByRoute) as [RouteKey, Access][])
    .filter(([, rule]) => rule.keyed && may(rule))
    .map(([key]) => key)

let keys = 0

async function sampleOf(key: RouteKey) {
  const sample = await samples[key]?.(app)
  if (sample === undefined) throw new Error(`no sample of ${key}`)
  const [method, path] = addressOf(key, sample)
  const headers = { 'Idempotency-Key': `guessed-${++keys}` }
  return { method, path, headers, body: JSON.stringify(sample.body ?? {}) }
}
type Sampled = Awaited<ReturnType<typeof sampleOf>>

/** Whether an answer was stored before, and what it says of the key. */
async function ask({ method, path, ...options }: Sampled, token: string, blanks = '') {
  const body = `${options.body}${blanks}`
  const {
    status,
    headers,
    body: said,
  } = await call(method, path, {
    ...options,
    body,
    token,
    headers: { ...options.headers, 'Content-Type': 'application/json' },
  })
  const code: string | undefined = said?.code
  const isOfKey = code?.startsWith('idempotency_') ?? false
  return { status, isReplayed: headers.has('Idempotent-Replayed'), code: isOfKey ? code : null }
}

const fresh = { isReplayed: false, code: null }
const replayed = { isReplayed: true, code: null }
const reused = { isReplayed: false, code: 'idempotency_key_reused' }

/** The holder repeats it; another one is told nothing, whether the request is the same or not. */
async function expectOwn(asked: Sampled, holder: string, others: readonly string[]) {
  const made = await ask(asked, holder)
  expect(made).toMatchObject(fresh)
  expect(made.status).toBeLessThan(300)
  for (const [n, other] of others.entries()) {
    expect(await ask(asked, other, n % 2 ? ' ' : '')).toMatchObject(fresh)
  }
  expect(await ask(asked, holder)).toMatchObject(replayed)
  expect(await ask(asked, holder, '  ')).toMatchObject(reused)
}

describe('a key of a service is its own, with each of its tokens', () => {
  test.each(keyedFor(({ service: scope }) => scope !== undefined))('%s', async (key) => {
    const asked = await sampleOf(key)
    await expectOwn(asked, await sign(service), [await sign(neighbour)])
    expect(await ask(asked, await sign(service))).toMatchObject(replayed)
    expect(await ask(asked, await sign(service), '  ')).toMatchObject(reused)
  })
})

describe('a key of a storefront is that of one token: its other visitors are told nothing', () => {
  test.each(keyedFor((rule) => rule.storefront === true))('%s', async (key) => {
    const others = [await sign(storefront), await sign(storefront), await sign(service)]
    await expectOwn(await sampleOf(key), await sign(storefront), others)
  })

  test.each(keyedFor((rule) => rule.storefront === true))(
    '%s, by a token without an id',
    async (key) => {
      const { verify } = runtime.identity
      const claims = claimsOf(runtime, storefront, tenant, 'customer:register')
      Object.assign(runtime.identity, { verify: async () => claims })
      try {
        await expectOwn(await sampleOf(key), 'one.token.here', [
          'other.token.here',
          'third.token.here',
        ])
      } finally {
        Object.assign(runtime.identity, { verify })
      }
    },
  )
})

describe("a shopper's key is its own, in each of its sessions", () => {
  // An erasure ends the sessions of the one who asks for it.
  const ofShoppers = keyedFor((rule) => rule.shopper === true).filter(
    (key) => key !== 'POST /customer/{id}/erase',
  )
  test.each(ofShoppers)('%s', async (key) => {
    expect(key).toContain('/customer/{id}/')
    const [one, other] = [await makeShopper(app), await makeShopper(app)]
    const asked = await sampleOf(key)
    const own = { ...asked, path: asked.path.replace(/cust_\w+/, 'me') }
    const token = await app.shopperToken(one.id)
    await expectOwn(own, token, [
      await app.shopperToken(other.id),
      await app.shopperToken((await makeShopper(app)).id),
    ])
    expect(await ask(own, await app.shopperToken(one.id))).toMatchObject(replayed)
  })
})
