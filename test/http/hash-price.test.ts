import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import { accountSamplesOf } from '../support/account-sample.ts'
import { startTestApp } from '../support/app.ts'
import { watchHashes } from '../support/hashes.ts'
import { addressOf, samples } from '../support/sample.ts'
import { logIn, makeShopper, PASSWORD } from '../support/shopper.ts'
import { rowsOf } from '../support/tenant-rows.ts'

const app = await startTestApp()
const { hashes, fill } = watchHashes(app)
const accountSamples = accountSamplesOf(app)
const PLACE = '198.51.100.7'

type Caller = 'service' | 'storefront' | 'shopper' | 'anyone'

/** A request that does its work. */
type Asked = {
  readonly name: string
  readonly key: RouteKey
  readonly status: number
  readonly hasPassword: boolean
  readonly ask: () => Promise<{ status: number; code?: string; wait: string | null }>
}

/** The fields of each body that hold a password. */
const passwordFields = new Map<RouteKey, readonly string[]>(
  (await loadAllRoutes()).map(({ route }) => {
    const content: object = route.request?.body?.content ?? {}
    const names = Object.values(content).flatMap(({ schema }) =>
      schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
    )
    return [route.key, names.filter((name) => /password/i.test(name))]
  }),
)
const fieldsOf = (key: RouteKey) => passwordFields.get(key) ?? []

const callersOf = ({ service, storefront, shopper, open }: Access): Caller[] => [
  ...(service === undefined ? [] : (['service'] as const)),
  ...(storefront ? (['storefront'] as const) : []),
  ...(shopper ? (['shopper'] as const) : []),
  ...(open ? (['anyone'] as const) : []),
]

type Sample = {
  readonly status: number
  readonly ids?: readonly string[]
  readonly token?: string | null
  readonly body?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly query?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

async function sampleOf(key: RouteKey, caller: Caller): Promise<Sample> {
  const own = samples[key]
  const account = accountSamples[key]
  if (own !== undefined && (caller === 'service' || account === undefined)) return own(app)
  // Those that are missing take nothing.
  return (await account?.()) ?? { status: 200 }
}

/** A request with a password wherever one may stand. */
async function prepare(key: RouteKey, caller: Caller): Promise<Asked> {
  const sample = await sampleOf(key, caller)
  const { status, ids = [], query, form } = sample
  const [method, path] = addressOf(key, { status, ids, query })
  const given = Object.fromEntries(fieldsOf(key).map((field) => [field, PASSWORD]))
  const body = sample.body instanceof Object ? { ...given, ...sample.body } : undefined
  const token = await tokenOf(caller, sample.token ?? null)
  // A service names the place of its shopper; of others that is not believed.
  const headers = { 'CF-Connecting-IP': PLACE, 'X-Caller-Address': PLACE, ...sample.headers }
  return {
    name: `${key} by ${caller}`,
    ...{ key, status },
    hasPassword: (body !== undefined || form?.password !== undefined) && fieldsOf(key).length > 0,
    async ask() {
      const answer =
        form === undefined
          ? await app.call(method, path, { token, headers, body })
          : await app.request(path, { method, headers, body: new URLSearchParams(form) })
      const code =
        'text' in answer && typeof answer.text === 'string' ? answer.body?.code : undefined
      return { status: answer.status, code, wait: answer.headers.get('Retry-After') }
    },
  }
}

/** The token of a sample is a shopper's, where only shoppers may ask. */
async function tokenOf(caller: Caller, own: string | null): Promise<string | null> {
  if (caller === 'service') return app.tokens.service
  if (caller === 'storefront') return app.tokens.storefront
  if (caller === 'anyone') return null
  const claims = Buffer.from(own?.split('.')[1] ?? '', 'base64url').toString()
  return claims.includes('"sid"') ? own : (await logIn(app, await makeShopper(app))).accessToken
}

/** A page tells people what is wrong, and no code. */
const codeOf = (key: RouteKey) => (accessByRoute[key].page ? undefined : 'too_many_requests')

const asked: Asked[] = []
for (const [key, rule] of Object.entries(accessByRoute) as [RouteKey, Access][]) {
  // Where no password may stand, it does not matter who asks.
  const callers = callersOf(rule).slice(0, fieldsOf(key).length > 0 ? undefined : 1)
  for (const caller of callers) asked.push(await prepare(key, caller))
}
await app.drain()
const withPassword = asked.filter(({ hasPassword }) => hasPassword)
const others = asked.filter(({ hasPassword }) => !hasPassword)

test('every route is walked, those with a password by every kind of caller', () => {
  expect(new Set(asked.map(({ key }) => key))).toEqual(new Set(Object.keys(accessByRoute)))
  expect(withPassword.map(({ name }) => name)).toEqual([
    'POST /oauth/authorize by anyone',
    'POST /auth/login by service',
    'POST /auth/login by storefront',
    'POST /auth/verify-email by service',
    'POST /auth/verify-email by storefront',
    'POST /auth/verify-email by shopper',
    'POST /auth/verify-email/resend by service',
    'POST /auth/verify-email/resend by storefront',
    'POST /auth/verify-email/resend by shopper',
    'POST /auth/password/reset by service',
    'POST /auth/password/reset by storefront',
    'POST /auth/password/reset by shopper',
    'POST /auth/password/change by shopper',
    'POST /auth/reauthenticate by shopper',
    'POST /auth/email/change by shopper',
    'POST /auth/email/confirm by service',
    'POST /auth/email/confirm by storefront',
    'POST /auth/email/confirm by shopper',
    'POST /customer by service',
    'POST /customer by storefront',
    'POST /customer/find-or-create by service',
    'DELETE /customer/{id} by shopper',
    'POST /customer/{id}/erase by shopper',
  ])
})

test('a request that may hash is counted for the place of its caller, before anything is done', async () => {
  app.limited.add(`place ${PLACE}`)
  app.wire.reset()
  for (const { name, key, ask } of withPassword) {
    expect([name, accessByRoute[key].limited]).toEqual([
      name,
      expect.arrayContaining(['place', 'hashes']),
    ])
    expect({ name, ...(await ask()) }).toEqual({
      ...{ name, status: 429, code: codeOf(key), wait: '60' },
    })
  }
  app.limited.clear()
  const mayHash = new Set(withPassword.map(({ key }) => key))
  for (const { key } of others.filter((one) => !mayHash.has(one.key))) {
    expect([key, accessByRoute[key].limited?.includes('hashes') ?? false]).toEqual([key, false])
  }
  expect([app.wire.count().trips, hashes.begun > 0]).toEqual([0, true])
})

describe('while the line of hashes is full,', () => {
  test('what hashes is refused before the work and leaves nothing behind, and all else is answered', async () => {
    const before = await rowsOf(app.tenant)
    const full = await fill()
    const { begun } = hashes
    for (const { name, key, ask } of withPassword) {
      expect({ name, ...(await ask()) }).toEqual({
        ...{ name, status: 429, code: codeOf(key), wait: '1' },
      })
    }
    expect(await rowsOf(app.tenant)).toEqual(before)
    for (const { name, ask, status } of others) {
      expect([name, (await ask()).status]).toEqual([name, status])
    }
    expect(hashes.begun).toBe(begun)
    await full.empty()
  })

  test('nothing was spent: with room, the same requests do their work', async () => {
    for (const { name, ask, status } of withPassword) {
      const { begun } = hashes
      const isAttempt = name === 'POST /customer by storefront'
      expect([name, (await ask()).status]).toEqual([name, isAttempt ? 202 : status])
      expect([name, hashes.begun > begun]).toEqual([name, true])
    }
  })
})
