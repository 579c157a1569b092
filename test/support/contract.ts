import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import { openapiDocument } from '../../src/http/document/document.ts'
import { allEndpoints } from '../../src/http/endpoint.ts'

type Described = {
  readonly description: string
  readonly headers?: Readonly<Record<string, { required?: boolean }>>
  readonly content?: Readonly<Record<string, { schema: object }>>
}
type Operation = { readonly responses: Readonly<Record<string, Described>> }

/** What an answer says with a header and not every answer says. */
const telling = [
  'Content-Location',
  'ETag',
  'Idempotent-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
]

const document = openapiDocument(await allEndpoints())
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => ({
  path,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  operations: operations as Record<string, Operation>,
}))

/** Fails the test when an answer is not what the published document promises. */
export function checkAgainstContract(
  method: string,
  path: string,
  { status, headers }: Response,
  body: unknown,
) {
  // Wherever GET is described, so is HEAD.
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  // A fixed path is no path of an id, though it looks like one.
  const fixed = paths.filter((one) => one.path === path)
  const there = fixed.length > 0 ? fixed : paths.filter(({ pattern }) => pattern.test(path))
  const found = there.find(({ operations }) => verb in operations)
  if (found === undefined || method !== method.toUpperCase()) {
    const expected = there.length === 0 ? 404 : method === 'OPTIONS' ? 204 : 405
    expect(status, `${method} ${path} is not in the document`).toBe(expected)
    expect(headers.has('Allow'), `${method} ${path} names the methods`).toBe(there.length > 0)
    return
  }
  const operation = found.operations[verb]
  const where = `${method} ${found.path} ${status}`
  const response = operation?.responses[status]
  expect(response, `${where} is not in the document`).toBeDefined()
  checkHeaders(response, headers, where)
  if (method === 'HEAD') {
    expect(body, `${where} has a body`).toBeNull()
    return
  }
  checkCode(response, body, where)
  const media = (headers.get('Content-Type') ?? '').split(';')[0] ?? ''
  if (response?.content === undefined) {
    expect(body, `${where} has a body`).toBeNull()
    return
  }
  expect(Object.keys(response.content), `${where} content type`).toContain(media)
  const pointer = [
    'paths',
    found.path,
    verb,
    'responses',
    String(status),
    'content',
    media,
    'schema',
  ]
  const ref = `openapi#/${pointer.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`
  const validate = ajv.getSchema(ref)
  expect(validate, `${where} has a schema`).toBeDefined()
  expect(validate?.(body), `${where}: ${ajv.errorsText(validate?.errors)}`).toBe(true)
}

/** What every answer says, and what none does. */
const everywhere = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

function checkHeaders(response: Described | undefined, headers: Headers, where: string) {
  expect(Object.fromEntries(headers), `${where} headers of every answer`).toMatchObject(everywhere)
  expect(headers.has('Set-Cookie'), `${where} sets a cookie`).toBe(false)
  const described = response?.headers ?? {}
  const sent = telling.filter((name) => headers.has(name))
  expect(Object.keys(described), `${where} headers that were sent`).toEqual(
    expect.arrayContaining(sent),
  )
  const promised = Object.keys(described).filter((name) => described[name]?.required)
  expect(sent, `${where} headers that are promised`).toEqual(expect.arrayContaining(promised))
}

function checkCode(response: Described | undefined, body: unknown, where: string) {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('requestId' in body))
    return
  expect(response?.description, `${where} refusals`).toContain(`\`${body.code}\`: `)
}
