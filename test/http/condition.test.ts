import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Access, accessByRoute, type RouteKey } from '../../src/http/access.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'
import type { HandledRoute } from '../../src/http/route.ts'
import { startTestApp } from '../support/app.ts'
import { linkSomething } from '../support/identity.ts'
import { passkeysIn } from '../support/passkey.ts'
import { addressOf, nothingLike, samples } from '../support/sample.ts'
import { logIn, makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call, wire } = app
const passkeys = passkeysIn(app)

const routes = Object.entries(accessByRoute) as [RouteKey, Access][]
const conditional = routes.filter(([, rule]) => rule.conditional === true).map(([key]) => key)
const reads = conditional.filter((key) => key.startsWith('GET ') && key !== 'GET /auth/me')
const order = 'PUT /customer/{id}/order/{orderId}'
const writes = conditional.filter((key) => !key.startsWith('GET ') && key !== order)

const makeSample = (key: RouteKey) => {
  const make = samples[key]
  if (make === undefined) throw new Error(`${key} has no sample`)
  return make(app)
}

/** The path of the resource whose version a write reads: the longest beginning of its path that can be read. */
function resourceOf(key: RouteKey, path: string): string {
  const pattern = key.split(' ')[1]?.split('/') ?? []
  const read = pattern.map((_, i) => pattern.slice(0, i + 1).join('/'))
  const found = read.findLast((prefix) => reads.some((one) => one === `GET ${prefix}`)) ?? ''
  return path.split('/').slice(0, found.split('/').length).join('/')
}

async function prepare(key: RouteKey) {
  const sample = await makeSample(key)
  const [method, path] = addressOf(key, sample)
  const { headers } = await call('GET', resourceOf(key, path))
  const version = /^W\/"([\w.-]+)"$/.exec(headers.get('ETag') ?? '')?.[1]
  if (version === undefined) throw new Error(`${key} has no version`)
  const ask = (sent: Record<string, string>) =>
    call(method, path, { body: sample.body, headers: sent })
  return { ask, path, version, status: sample.status, sample }
}

const malformed = [
  '',
  ' ',
  ',',
  ', ,',
  '3',
  '"3',
  '3"',
  'w/"3"',
  'W/3',
  'W/ "3"',
  '"1" "2"',
  '"1";"2"',
  '"a b"',
  '""x""',
  '*, "1"',
  '"1", *',
  '*, *',
  '**',
  '"1", x',
]
const others = [
  '"99"',
  'W/"99"',
  '"98", W/"99"',
  '"a,b", "c,1"',
  '"x,y"',
  '""',
  '"*"',
  '"01"',
  '"é"',
  '"99999999999999999999"',
  '"9007199254740993"',
  '"-1"',
  '"W/1"',
  ' , "99" ,, ',
]
const naming = (version: string) => [
  '*',
  ' * ',
  `"${version}"`,
  `W/"${version}"`,
  `"98", W/"${version}"`,
  `W/"${version}","99"`,
  `"a,b" , "${version}", "c"`,
  `, "${version}",`,
]

/** All spellings are walked at one route for writes and one for reads, a few of them at all others. */
const spelt = (key: RouteKey, all: readonly string[], ...few: number[]) =>
  key.endsWith(' /customer/{id}') && !key.startsWith('DELETE ')
    ? all
    : all.filter((_, i) => few.includes(i))

/** Made of the rows of many tables, which have no version together. */
const reports: ReadonlySet<RouteKey> = new Set(['GET /customer/{id}/export'])

/** Whether an answer is one resource: lists have their items in `data`. */
function isSingle({ route }: HandledRoute): boolean {
  const answer = route.responses[200]
  const content = answer !== undefined && 'content' in answer ? answer.content : undefined
  const media = content?.['application/json']
  const schema = media !== undefined && 'schema' in media ? media.schema : undefined
  expect([route.key, schema]).toEqual([route.key, expect.any(z.ZodObject)])
  return schema instanceof z.ZodObject && !('data' in schema.shape)
}

test('every single resource is read under conditions, and no list is', async () => {
  const found: Record<string, boolean> = {}
  for (const endpoint of await loadAllRoutes()) {
    const { key } = endpoint.route
    if (key.startsWith('GET ') && !accessByRoute[key].open && !reports.has(key)) {
      found[key] = isSingle(endpoint)
    }
  }
  const single = Object.keys(found).filter((key) => found[key])
  expect(single.toSorted()).toEqual([...reads, 'GET /auth/me'].toSorted())
  expect(single).toEqual(expect.arrayContaining(['GET /order/{orderId}', 'GET /group/{key}']))
})

test('every answer with an ETag that can be read is read under conditions, and every single resource is written under them', async () => {
  for (const [key, rule] of routes) {
    if (rule.open || !/^(PUT|PATCH|DELETE) /.test(key)) continue
    expect([key, rule.conditional]).toEqual([key, expect.anything()])
  }
  for (const key of routes.map(([route]) => route).filter((route) => route.startsWith('GET '))) {
    const make = samples[key]
    if (make === undefined) continue
    const { headers } = await call(...addressOf(key, await make(app)))
    expect([key, headers.has('ETag')]).toEqual([key, reads.includes(key)])
  }
})

describe('a write under conditions', () => {
  describe.each(writes)('%s', (key) => {
    test('is refused while they do not hold, and does nothing', async () => {
      const { ask, path, version } = await prepare(key)
      const { text } = await call('GET', resourceOf(key, path))
      for (const tag of spelt(key, malformed, 0)) {
        for (const name of ['If-Match', 'If-None-Match']) {
          const { status, body } = await ask({ [name]: tag })
          expect([name, tag, status, body.code]).toEqual([name, tag, 400, 'malformed_request'])
        }
      }
      const refused = [
        ...spelt(key, others, 2).map((tag) => ({ 'If-Match': tag })),
        ...spelt(key, naming(version), 0, 4).map((tag) => ({ 'If-None-Match': tag })),
        { 'If-Match': '*', 'If-None-Match': '*' },
        { 'If-Match': `"${version}", "98"`, 'If-None-Match': `"${version}"` },
      ]
      for (const sent of refused) {
        const { status, body } = await ask(sent)
        expect([sent, status, body.code]).toEqual([sent, 412, 'precondition_failed'])
      }
      expect((await call('GET', resourceOf(key, path))).text).toBe(text)
    })

    test('is done while they hold', async () => {
      const { version } = await prepare(key)
      const held = [
        ...spelt(key, naming(version), 6).map((tag) => ({ 'If-Match': tag })),
        ...spelt(key, others, 3).map((tag) => ({ 'If-None-Match': tag })),
        { 'If-Match': '*' },
        { 'If-Match': `"98", "${version}"`, 'If-None-Match': '"98", "97"' },
      ]
      for (const sent of held) {
        const prepared = await prepare(key)
        expect(prepared.version).toBe(version)
        const { status } = await prepared.ask(sent)
        expect([sent, status]).toEqual([sent, prepared.status])
      }
    })

    test('answers for what does not exist as without them', async () => {
      const { sample } = await prepare(key)
      const [method, path] = addressOf(key, { ...sample, ...nothingLike(sample) })
      for (const headers of [
        { 'If-Match': '*' },
        { 'If-Match': '"1"' },
        { 'If-None-Match': '*' },
      ]) {
        const { status } = await call(method, path, { body: sample.body, headers })
        expect([headers, status]).toEqual([headers, 404])
      }
    })
  })

  test('heeds both headers together', async () => {
    for (const [match, noneMatch, status] of [
      ['"98"', '"99"', 412],
      ['"1"', '*', 412],
      ['"1", "2"', '"1"', 412],
      ['*', '"99"', 200],
      [undefined, '"0", "1000", "998", "999", "1000"', 200],
      ['*', '"0", "1000", "998", "999", "1000"', 200],
      [undefined, '"2", "1", "3"', 412],
      [undefined, '"2", "3"', 200],
    ] as const) {
      const { ask, version } = await prepare('PATCH /customer/{id}')
      expect(version).toBe('1')
      const headers = { ...(match && { 'If-Match': match }), 'If-None-Match': noneMatch }
      expect([headers, (await ask(headers)).status]).toEqual([headers, status])
    }
  })

  test('lines of one header are one list', async () => {
    const { path, version, sample } = await prepare('PATCH /customer/{id}')
    const send = async (...lines: string[]) => {
      const headers = new Headers({
        Authorization: `Bearer ${app.tokens.service}`,
        'Content-Type': 'application/json',
      })
      for (const line of lines) headers.append('If-Match', line)
      const body = JSON.stringify(sample.body)
      return (await app.request(path, { method: 'PATCH', headers, body })).status
    }
    expect(await send('"98"', '"99"')).toBe(412)
    expect(await send('', '')).toBe(400)
    expect(await send('"98"', '*')).toBe(400)
    expect(await send('"98", "97"', `W/"${version}"`, '')).toBe(200)
  })

  test('names the fields that changed since the newest version the caller had read', async () => {
    const { body } = await call('POST', '/customer', { body: { email: 'since@example.com' } })
    const change = (fields: object, headers = {}) =>
      call('PATCH', `/customer/${body.id}`, { body: fields, headers })
    await change({ firstName: 'A' })
    await change({ lastName: 'B' })
    const since = async (headers: Record<string, string>) =>
      (await change({}, headers)).body.changed
    expect(await since({ 'If-Match': '"1"' })).toEqual(['firstName', 'lastName'])
    expect(await since({ 'If-Match': '"1", "2"' })).toEqual(['lastName'])
    expect(await since({ 'If-Match': '"99", "2", "1"' })).toEqual(['lastName'])
  })

  test.each(['"xyz"', 'W/"0"', '"a,b", "c"', '"-1"'])(
    'names no changes since a tag that the service never gave: %s',
    async (tag) => {
      const { ask } = await prepare('PATCH /customer/{id}')
      const { status, body } = await ask({ 'If-Match': tag })
      expect([status, body.changed]).toEqual([412, undefined])
      expect(body.detail).toContain('is not an `ETag` of this resource')
    },
  )
})

describe('an order is put under conditions', () => {
  const put = async (headers: Record<string, string>, version?: number) => {
    const sample = await makeSample(order)
    const [method, path] = addressOf(order, sample)
    const body = sample.body as { readonly version: number }
    if (version !== undefined) await call(method, path, { body: { ...body, version } })
    const answer = await call(method, path, {
      body: { ...body, total: 9, version: (version ?? 0) + 1 },
      headers,
    })
    const { body: list } = await call('GET', path.replace(/\/[^/]+$/, ''))
    return [answer.status, answer.headers.get('ETag'), list.data[0]?.total]
  }

  test.each<[Record<string, string>, number]>([
    [{ 'If-None-Match': '*' }, 200],
    [{ 'If-None-Match': '"1"' }, 200],
    [{ 'If-Match': '*' }, 412],
    [{ 'If-Match': '"1"' }, 412],
    [{ 'If-Match': '"0"' }, 412],
    [{ 'If-Match': '*', 'If-None-Match': '*' }, 412],
    [{ 'If-Match': '' }, 400],
  ])('that is not in the ledger: %j is answered %i', async (headers, status) => {
    expect(await put(headers)).toEqual(
      status === 200 ? [200, 'W/"1"', 9] : [status, null, undefined],
    )
  })

  test.each<[Record<string, string>, number]>([
    [{ 'If-None-Match': '*' }, 412],
    [{ 'If-None-Match': 'W/"5000000000"' }, 412],
    [{ 'If-None-Match': '"1"' }, 200],
    [{ 'If-Match': '*' }, 200],
    [{ 'If-Match': '"1", "5000000000"' }, 200],
    [{ 'If-Match': '"1"' }, 412],
  ])('that is in the ledger: %j is answered %i', async (headers, status) => {
    expect(await put(headers, 5_000_000_000)).toEqual(
      status === 200 ? [200, 'W/"5000000001"', 9] : [412, null, 2500],
    )
  })
})

describe('a read under conditions', () => {
  describe.each(reads)('%s', (key) => {
    test('answers 304 to who has the version, in one round trip, and in full to all others', async () => {
      const { ask, version } = await prepare(key)
      const full = await ask({})
      for (const tag of spelt(key, naming(version), 0, 4)) {
        wire.reset()
        const { status, text, headers } = await ask({ 'If-None-Match': tag })
        expect([tag, status, text, wire.count().trips]).toEqual([tag, 304, '', 1])
        expect(headers.get('ETag')).toBe(`W/"${version}"`)
        expect(headers.has('Content-Type')).toBe(false)
        expect(headers.get('X-Request-Id')).toMatch(/^req_/)
        expect((await ask({ 'If-Match': tag })).text).toBe(full.text)
      }
      for (const tag of spelt(key, others, 2)) {
        expect((await ask({ 'If-None-Match': tag })).text).toBe(full.text)
        const { status, body, headers } = await ask({ 'If-Match': tag })
        expect([tag, status, body.code]).toEqual([tag, 412, 'precondition_failed'])
        expect(headers.has('ETag')).toBe(false)
      }
      for (const tag of spelt(key, malformed, 0)) {
        expect((await ask({ 'If-None-Match': tag })).status).toBe(400)
        expect((await ask({ 'If-Match': tag })).status).toBe(400)
      }
      const both = { 'If-Match': '"98"', 'If-None-Match': `"${version}"` }
      expect((await ask(both)).status).toBe(412)
    })

    test('answers for what does not exist as without them', async () => {
      const { sample } = await prepare(key)
      const [method, path] = addressOf(key, { ...sample, ...nothingLike(sample) })
      for (const name of ['If-None-Match', 'If-Match']) {
        expect((await call(method, path, { headers: { [name]: '*' } })).status).toBe(404)
      }
    })
  })

  test('a shopper reads its own account so', async () => {
    const { accessToken: token } = await logIn(app, await makeShopper(app))
    for (const path of ['/auth/me', '/customer/me']) {
      const tag = (await call('GET', path, { token })).headers.get('ETag') ?? ''
      const again = await call('GET', path, { token, headers: { 'If-None-Match': `"0", ${tag}` } })
      expect([again.status, again.text, again.headers.get('ETag')]).toEqual([304, '', tag])
      const headers = { 'If-None-Match': tag.replace(/\d+/, '99') }
      expect((await call('GET', path, { token, headers })).status).toBe(200)
    }
  })

  test('a merged id answers in full: the version of its survivor says nothing about it', async () => {
    const people = await Promise.all(
      [1, 2].map((n) => call('POST', '/customer', { body: { email: `twin${n}@example.com` } })),
    )
    const [one = '', two = ''] = people.map(({ body }) => body.id)
    await call('POST', `/customer/${one}/merge`, { body: { from: two } })
    const { headers } = await call('GET', `/customer/${one}`)
    for (const tag of [headers.get('ETag') ?? '', '"1"', '*']) {
      const answer = await call('GET', `/customer/${two}`, { headers: { 'If-None-Match': tag } })
      expect([answer.status, answer.body.id]).toEqual([200, one])
    }
  })
})

describe('a session, a passkey and a login at another provider have no version: no tag matches them', () => {
  test.each(routes.filter(([, rule]) => rule.conditional === 'untagged').map(([key]) => key))(
    '%s',
    async (key) => {
      const shopper = await makeShopper(app)
      const { accessToken } = await logIn(app, shopper)
      const { body } = await call('GET', '/auth/session', { token: accessToken })
      const passkey = key.includes('passkey') ? await passkeys.register(accessToken) : null
      const identity = key.includes('identity') ? await linkSomething(app, shopper.id) : null
      const [method = '', pattern = ''] = key.split(' ')
      const path = pattern
        .replace('{id}', passkey?.body.id ?? identity ?? shopper.id)
        .replace('{sessionId}', body.data[0].id)
      const end = async (headers: Record<string, string>) => {
        const token = key.includes('/auth/') ? accessToken : app.tokens.service
        const input = method === 'PATCH' ? { body: { name: 'Telephone' } } : {}
        return (await call(method, path, { token, headers, ...input })).status
      }
      expect(await end({ 'If-Match': '"1"' })).toBe(412)
      expect(await end({ 'If-None-Match': '*' })).toBe(412)
      expect(await end({ 'If-Match': '' })).toBe(400)
      expect((await call('GET', '/auth/me', { token: accessToken })).status).toBe(200)
      expect(await end({ 'If-Match': '*', 'If-None-Match': '"1"' })).toBe(
        method === 'PATCH' ? 200 : 204,
      )
    },
  )
})
