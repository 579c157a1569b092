import { expect, test } from 'vitest'
import { checkAgainstContract } from '../support/contract.ts'

const always = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Request-Id': 'req_1',
}
const json = { ...always, ETag: 'W/"1"', 'Content-Type': 'application/json; charset=UTF-8' }
const problems = { ...always, 'Content-Type': 'application/problem+json' }
const group = {
  ...{ key: 'vip', name: null, description: null, metadata: {}, rule: null },
  ...{ allowShopperValues: false, state: 'ready', done: 0, total: null },
  ...{ createdAt: '2024-06-01T08:00:00.000Z', updatedAt: '2024-06-01T08:00:00.000Z' },
}
const problem = {
  ...{ type: 'about:blank', title: 'There is no such group', status: 404 },
  ...{ code: 'group_not_found', detail: 'There is no such group', requestId: 'req_1' },
}

type Sent = {
  readonly method?: string
  readonly path?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

const check = ({
  method = 'GET',
  path = '/group/vip',
  status = 200,
  headers = json,
  body = group,
}: Sent) => checkAgainstContract(method, path, new Response(null, { status, headers }), body)

const without = (headers: Readonly<Record<string, string>>, left: string) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== left))

test.each<[string, Sent]>([
  ['a group', {}],
  ['a problem', { status: 404, headers: problems, body: problem }],
  ['an answer without a body', { method: 'DELETE', status: 204, headers: always, body: null }],
  ['the head of a group', { method: 'HEAD', body: null }],
  ['an unknown path', { path: '/nowhere', status: 404, headers: problems, body: problem }],
  [
    'an unknown method',
    { method: 'PUT', status: 405, headers: { ...problems, Allow: 'GET' }, body: problem },
  ],
])('the document promises %s', (_, sent) => {
  check(sent)
})

test.each<[string, Sent, string]>([
  ['another status', { status: 202 }, 'is not in the document'],
  ['a field that nobody knows', { body: { ...group, size: 1 } }, 'additional properties'],
  ['a value of another type', { body: { ...group, done: '0' } }, 'done must be integer'],
  ['another content type', { headers: problems }, 'application/problem+json is not in'],
  ['a body where none is', { method: 'DELETE', status: 204, headers: always }, 'has a body'],
  ['a body of a head', { method: 'HEAD' }, 'has a body'],
  ['no id of the request', { headers: without(json, 'X-Request-Id') }, 'X-Request-Id was promised'],
  ['a header without a promise', { headers: { ...json, Location: '/' } }, 'Location was sent'],
  ['what may be stored', { headers: without(json, 'Cache-Control') }, 'cache-control is null'],
  ['a page that may run', { headers: { ...json, 'Content-Security-Policy': '*' } }, 'is * and not'],
  ['a cookie', { headers: { ...json, 'Set-Cookie': 'a=b' } }, 'sets a cookie'],
  [
    'a refusal of another route',
    { status: 404, headers: problems, body: { ...problem, code: 'customer_not_found' } },
    'its code is not in the document',
  ],
  ['a path that is not described', { path: '/nowhere' }, '404 was expected'],
  ['a method that is not described', { method: 'PUT', status: 404 }, '405 was expected'],
  ['no word of the methods', { method: 'PUT', status: 405 }, 'Allow is for a path'],
])('it does not promise %s', (_, sent, fault) => {
  expect(() => check(sent)).toThrow(
    expect.objectContaining({ actual: expect.arrayContaining([expect.stringContaining(fault)]) }),
  )
})
