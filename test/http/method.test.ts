import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { startTestApp } from '../support/app.ts'
import { addressOf, samples } from '../support/sample.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const shop = 'https://shop.example'
const app = await startTestApp({ settings: { cors_origins: [shop] } })
const { call, request, wire } = app

const keys = Object.keys(accessByRoute) as RouteKey[]
const routes = keys.map((key) => key.split(' ') as [method: string, pattern: string])
const patterns = [...new Set(routes.map(([, pattern]) => pattern))]
const pathOf = (pattern: string, id: string) => pattern.replace(/\{\w+\}/g, id)

const isAt = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path)

function allowedAt(path: string): string[] {
  // A fixed path is no path of an id, though it looks like one.
  const fixed = routes.filter(([, pattern]) => pattern === path)
  const found = fixed.length > 0 ? fixed : routes.filter(([, pattern]) => isAt(pattern, path))
  const named = found.map(([method]) => method)
  const head = named.includes('GET') ? ['HEAD'] : []
  return [...new Set([...named, ...head, 'OPTIONS'])].sort()
}

const ids = [newId('customer', new Date()), 'me', 'anything', '%F0%9F%98%80', 'a%2Fb']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const strange = ['PROPFIND', 'FOO', 'patch', 'Patch', 'M-SEARCH', 'LOCK', 'QUERY']

describe('an existing path names its methods, for every caller', () => {
  test.each(patterns)('%s', async (pattern) => {
    for (const id of pattern.includes('{') ? ids : ['']) {
      const path = pathOf(pattern, id)
      const allow = allowedAt(path)
      wire.reset()
      for (const method of [...methods, ...strange].filter((one) => !allow.includes(one))) {
        const { status, headers, body } = await call(method, path, { token: null })
        expect([method, path, status]).toEqual([method, path, 405])
        expect(headers.get('Allow')?.split(', ')).toEqual(allow)
        if (method !== 'HEAD') expect(body.code).toBe('method_not_allowed')
      }
      const { status, headers, text } = await call('OPTIONS', path, { token: null })
      expect([status, text, headers.get('Allow')?.split(', ')]).toEqual([204, '', allow])
      expect(wire.count().trips).toBe(0)
    }
  })

  test('with a token, a body and a query just the same', async () => {
    const { status, headers } = await call('PUT', '/customer?group=vip', { body: { a: 1 } })
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST'])
  })

  test('a refused method at the OAuth routes has an error of OAuth', async () => {
    const { status, body, headers } = await call('GET', '/oauth/token', { token: null })
    expect([status, body.error, headers.get('Allow')]).toEqual([
      405,
      'invalid_request',
      'OPTIONS, POST',
    ])
  })
})

describe('a path that there is not is not found, whatever the method', () => {
  test.each([
    '//',
    '/nothing',
    '/dev/mail',
    '/customer/',
    '//customer',
    '/customer/a//address',
    '/customer/a/nothing',
    '/oauth',
    '/oauth/token/',
    '/webhook/a/b/c',
    '/Customer',
  ])('%s', async (path) => {
    for (const method of [...methods, ...strange, 'OPTIONS']) {
      const { status, headers } = await request(path, { method })
      expect([method, status, headers.get('Allow')]).toEqual([method, 404, null])
    }
  })
})

describe('HEAD answers like GET, without the body, in as many round trips', () => {
  /** What differs between any two requests. */
  const own = ['x-request-id', 'server-timing', 'set-cookie']
  const told = ({ headers, status }: { headers: Headers; status: number }) => [
    status,
    [...headers].filter(([name]) => !own.includes(name)),
  ]

  test.each(keys.filter((key) => key.startsWith('GET ')))('%s', async (key) => {
    const rule: Access = accessByRoute[key]
    const sample = await samples[key]?.(app)
    const [, path] =
      sample === undefined ? (key.split(' ') as [string, string]) : addressOf(key, sample)
    const isShoppers = !rule.open && rule.service === undefined
    const options = isShoppers
      ? { token: (await logIn(app, await makeShopper(app))).accessToken }
      : {}
    await call('GET', path, options)
    wire.reset()
    const get = await call('GET', path, options)
    const { trips } = wire.count()
    wire.reset()
    const head = await call('HEAD', path, options)
    // A callback is asked with the answer to no login, and says so.
    expect(get.status).toBe(key.startsWith('GET /oauth/callback') ? 400 : 200)
    expect([told(head), head.text, wire.count().trips]).toEqual([told(get), '', trips])
    const tag = get.headers.get('ETag')
    if (tag === null) return
    const unchanged = await call('HEAD', path, { ...options, headers: { 'If-None-Match': tag } })
    expect([unchanged.status, unchanged.headers.get('ETag')]).toEqual([304, tag])
  })

  test('also where it is refused', async () => {
    for (const [path, token, status] of [
      ['/customer', null, 401],
      ['/customer', app.tokens.storefront, 403],
      [`/customer/${newId('customer', new Date())}`, app.tokens.service, 404],
      ['/customer?limit=0', app.tokens.service, 422],
    ] as const) {
      const get = await call('GET', path, { token })
      const head = await call('HEAD', path, { token })
      expect([told(head), head.text, head.status]).toEqual([told(get), '', status])
    }
  })
})

describe('a browser', () => {
  const options = async (headers: Record<string, string>, path = '/customer') =>
    (await request(path, { method: 'OPTIONS', headers })).headers

  test('asks before a request as ever', async () => {
    const headers = await options({ Origin: shop, 'Access-Control-Request-Method': 'PATCH' })
    expect(headers.get('Access-Control-Allow-Origin')).toBe(shop)
    expect(headers.get('Access-Control-Allow-Methods')).toContain('PATCH')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('If-None-Match')
    expect(headers.get('Allow')).toBeNull()
  })

  test('that asks for the methods gets them', async () => {
    expect((await options({ Origin: shop })).get('Allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  test('may read the refusal of a method', async () => {
    const { status, headers } = await request('/customer', {
      method: 'PUT',
      headers: { Origin: shop },
    })
    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([405, shop])
  })
})
