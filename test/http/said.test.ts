import { describe, expect, test } from 'vitest'
import { type Access, accessByRoute } from '../../src/http/access.ts'
import { startTestApp } from '../support/app.ts'
import { makeShopper } from '../support/shopper.ts'

const app = await startTestApp()
const { call, request, tokens } = app
const { id } = await makeShopper(app)

const send = async (path: string, headers: Record<string, string>, body: string | null) => {
  const answer = await request(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${tokens.service}`, ...headers },
    body,
  })
  const { code, detail } = await answer.json<{ code: string; detail: string }>()
  return [answer.status, code, detail]
}

describe('a body that cannot be read', () => {
  const json = { 'Content-Type': 'application/json' }
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const text = { 'Content-Type': 'text/plain' }
  const wrongType = (type: string) => [
    415,
    'unsupported_media_type',
    `Set the header \`Content-Type: ${type}\`.`,
  ]
  const empty = [
    422,
    'invalid_input',
    'The body is empty. `errors` names the fields that it needs.',
  ]
  const noJson = (why: string) => [400, 'malformed_json', `The body is ${why}`]
  test.each<[string, Record<string, string>, string | null, unknown[]]>([
    ['/customer', json, ' ', noJson('not valid JSON: it has only blanks.')],
    ['/customer', json, '{"email":', noJson('not valid JSON: it ends too early.')],
    ['/customer', json, '{secret', noJson('not valid JSON: the mistake is near character 2.')],
    ['/customer', json, 'secret', noJson('not valid JSON.')],
    ['/customer', {}, null, empty],
    ['/customer', json, '', empty],
    ['/customer', form, 'a=b', wrongType('application/json')],
    ['/customer', text, '{}', wrongType('application/json')],
    ['/oauth/token', json, '{}', wrongType('application/x-www-form-urlencoded')],
    [
      '/customer',
      { ...json, 'Content-Encoding': 'gzip' },
      '{}',
      [
        415,
        'unsupported_media_type',
        'The body is compressed. Send it as it is, without `Content-Encoding`.',
      ],
    ],
    [
      '/oauth/token',
      form,
      '',
      [400, 'invalid_request', 'The body is empty. `errors` names the parameters that it needs.'],
    ],
  ])('%s with %j and %j', async (path, headers, body, said) => {
    expect(await send(path, headers, body)).toEqual(said)
  })

  test('that is a list has a subject', async () => {
    const { body } = await call('POST', '/customer/search', { body: [] })
    expect(body.errors).toEqual([
      { path: '', code: 'invalid_type', message: 'The body must be an object.' },
    ])
  })
})

describe('a malformed header is named', () => {
  const paths: Readonly<Record<string, string>> = {
    PATCH: `/customer/${id}`,
    POST: '/customer',
    GET: `/customer/${id}/export`,
  }
  test.each([
    ['PATCH', 'If-Match', '3'],
    ['PATCH', 'If-None-Match', 'W/3'],
    ['POST', 'Idempotency-Key', 'a b'],
    ['GET', 'X-Reason', '%'],
    ['PATCH', 'X-Caller-Address', 'nowhere'],
  ])('%s with %s', async (method, name, value) => {
    const path = paths[method]
    const body = method === 'GET' ? undefined : { email: 'said@example.com' }
    const answer = await call(method, path ?? '', { headers: { [name]: value }, body })
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request'])
    expect(answer.body.detail).toMatch(new RegExp(`^\`${name}\` must be `))
  })
})

describe('`me` of a caller who is no shopper', () => {
  const keys = Object.entries<Access>(accessByRoute).filter(
    ([key, rule]) => / \/customer\/\{id\}/.test(key) && rule.shopper && rule.service,
  )
  test.each(keys)('%s', async (key) => {
    const [method = '', pattern = ''] = key.split(' ')
    const path = pattern.replace('{id}', 'me').replace(/\{\w+\}/g, 'anything')
    const isRead = method === 'GET' || method === 'DELETE'
    const answer = await call(method, path, isRead ? {} : { body: {} })
    if (answer.status === 422) return
    expect([answer.status, answer.body.code, answer.body.callers]).toEqual([
      403,
      'caller_not_allowed',
      ['shopper'],
    ])
    expect(answer.body.detail).toContain('Send the id of the customer instead of `me`.')
  })
})

describe('an unmet condition says which one', () => {
  const patch = (headers: Record<string, string>) =>
    call('PATCH', `/customer/${id}`, { headers, body: { firstName: 'Jo' } })
  test('an old version, with the changed fields', async () => {
    await call('PATCH', `/customer/${id}`, { body: { firstName: 'Ann' } })
    const { body } = await patch({ 'If-Match': 'W/"1"' })
    expect(body.detail).toMatch(
      /^The resource (has changed since|does not have) the version in `If-Match`/,
    )
  })
  test.each([
    ['*', /^The resource exists already/],
    ['W/"1", W/"2", W/"3", W/"4"', /^The resource has a version that `If-None-Match` excludes/],
  ])('If-None-Match: %s', async (tags, said) => {
    const { status, body } = await patch({ 'If-None-Match': tags })
    expect([status, body.code]).toEqual([412, 'precondition_failed'])
    expect(body.detail).toMatch(said)
  })
  test('of what has no versions', async () => {
    const path = `/customer/${id}/session`
    const { body } = await call('DELETE', path, { headers: { 'If-Match': 'W/"1"' } })
    expect(body.detail).toMatch(/^This resource has no `ETag`/)
  })
})

describe('a method that a path does not take names the route that has it', () => {
  test.each([
    ['POST', `/customer/${id}/order`, 'PUT /customer/{id}/order/{orderId}'],
    ['GET', `/customer/${id}/order/9999`, 'GET /order/{orderId}'],
    ['PATCH', '/customer', 'PATCH /customer/{id}'],
    ['POST', `/customer/${id}/address/secret`, 'POST /customer/{id}/address'],
    ['GET', `/customer/${id}/merge`, 'GET /merge'],
    ['DELETE', '/group', 'DELETE /group/{key}'],
    ['PUT', '/auth/login', null],
    ['GET', '/oauth/token', null],
  ])('%s %s', async (method, path, near) => {
    const { status, body } = await call(method, path)
    expect([status, body.code]).toEqual([405, 'method_not_allowed'])
    const fixed = 'This path does not support the method. `Allow` names the supported ones.'
    expect(body.detail).toBe(near === null ? fixed : `${fixed} Did you mean \`${near}\`?`)
  })
})

describe('a merge of a customer that was merged before says which of the two it is', async () => {
  const guest = async (name: string): Promise<string> =>
    (await call('POST', '/customer/guest', { body: { email: `${name}@said.example` } })).body.id
  const [survivor, merged, other] = [await guest('a'), await guest('b'), await guest('c')]
  expect(
    (await call('POST', `/customer/${survivor}/merge`, { body: { from: merged } })).status,
  ).toBe(201)
  const mergedInto = (where: string) =>
    new RegExp(`^The customer that \`from\` names was merged into ${where} already\\.`)
  const ofPath = /^The customer of the path was merged into another one\./
  test.each([
    // The same merge again is answered as the first one was; its preview is not.
    ['merge/preview', survivor, merged, mergedInto('this one')],
    ['merge/preview', other, merged, mergedInto('another one')],
    ['merge', other, merged, mergedInto('another one')],
    ['merge/preview', merged, other, ofPath],
    ['merge', merged, other, ofPath],
  ])('%s', async (route, into, from, said) => {
    const { status, body } = await call('POST', `/customer/${into}/${route}`, { body: { from } })
    expect([status, body.code, body.survivorId]).toEqual([409, 'customer_merged', survivor])
    expect(body.detail).toMatch(said)
  })
})

test.each([
  ['limit=5.5', 'limit', 'Must be a whole number.'],
  ['limit=five', 'limit', 'Must be a number.'],
  [
    'metadata.unknown=1',
    'metadata.unknown',
    'No filter has this metadata key. Add it to the setting `metadata_filter_keys`.',
  ],
])('a list with %s says what to send', async (search, path, message) => {
  const { status, body } = await call('GET', `/customer?${search}`)
  expect(status).toBe(422)
  expect(body.errors).toMatchObject([{ path, message }])
})

test('only in development a wrong secret is told what the secrets are', async () => {
  const developing = await startTestApp({ development: true })
  const ask = async (of: typeof app) => {
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: `${of.tenant}-service` },
      client_secret: 'wrong',
    })
    const headers = { Host: 'localhost' }
    const answer = await of.request('/oauth/token', { method: 'POST', headers, body })
    return [answer.status, (await answer.text()).includes('In development the secret')]
  }
  expect(await ask(developing)).toEqual([401, true])
  expect(await ask(app)).toEqual([401, false])
})
