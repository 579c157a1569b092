import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import { openapiDocument } from '../../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../../src/http/load-routes.ts'

type Described = {
  readonly description: string
  readonly headers?: Readonly<Record<string, { required?: boolean }>>
  readonly content?: Readonly<Record<string, { schema: { $ref?: string } }>>
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

const document = openapiDocument(await loadAllRoutes())
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
  response: Response,
  body: unknown,
) {
  const faults = faultsOf(method, path, response, body)
  // Nearly all answers have none, and one `expect` for each promise would take longer than the answer did.
  if (faults.length > 0) expect(faults, `${method} ${path} ${response.status}`).toEqual([])
}

function faultsOf(
  method: string,
  path: string,
  { status, headers }: Response,
  body: unknown,
): string[] {
  // Wherever GET is described, so is HEAD.
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  // A fixed path is no path of an id, though it looks like one.
  const fixed = paths.filter((one) => one.path === path)
  const there = fixed.length > 0 ? fixed : paths.filter(({ pattern }) => pattern.test(path))
  const found = there.find(({ operations }) => verb in operations)
  if (found === undefined || method !== method.toUpperCase()) {
    const expected = there.length === 0 ? 404 : method === 'OPTIONS' ? 204 : 405
    return [
      ...(status === expected ? [] : [`is not in the document: ${expected} was expected`]),
      ...(headers.has('Allow') === there.length > 0 ? [] : ['Allow is for a path that is there']),
    ]
  }
  const described = found.operations[verb]?.responses[status]
  if (described === undefined) return ['is not in the document']
  const place = ['paths', found.path, verb, 'responses', String(status), 'content']
  return [
    ...faultsOfHeaders(described, headers),
    ...(method === 'HEAD'
      ? faultsOfNothing(body)
      : faultsOfBody(described, place, headers.get('Content-Type'), body)),
  ]
}

/** What every answer says, and what says a page or another answer. */
const everywhere = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
const elsewhere = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }
const onPages = { 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' }
const POLICY =
  /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; (img-src https:\/\/\S+; )?form-action 'self'( \S+)?; frame-ancestors 'none'; base-uri 'none'$/

function faultsOfHeaders({ headers: described = {} }: Described, headers: Headers): string[] {
  const isPage = headers.get('Content-Type')?.startsWith('text/html') === true
  const faults = Object.entries({ ...everywhere, ...(isPage ? onPages : elsewhere) })
    .filter(([name, value]) => headers.get(name) !== value)
    .map(([name, value]) => `${name} is ${headers.get(name)} and not ${value}`)
  const policy = headers.get('Content-Security-Policy') ?? ''
  if (isPage && !POLICY.test(policy)) faults.push(`its policy is ${policy}`)
  if (!isPage && headers.has('Set-Cookie')) faults.push('sets a cookie')
  for (const name of telling) {
    if (headers.has(name) && described[name] === undefined)
      faults.push(`${name} was sent and is not in the document`)
  }
  for (const [name, { required }] of Object.entries(described)) {
    if (required && !headers.has(name)) faults.push(`${name} was promised and not sent`)
  }
  return faults
}

const faultsOfNothing = (body: unknown) => (body === null ? [] : ['has a body'])

function faultsOfBody(
  { content, description }: Described,
  place: readonly string[],
  type: string | null,
  body: unknown,
): string[] {
  if (content === undefined) return faultsOfNothing(body)
  const media = (type ?? '').split(';')[0] ?? ''
  const schema = content[media]?.schema
  if (schema === undefined) return [`${media} is not in the document`]
  // Most answers have one of a few schemas with a name. Each place that names one would be compiled by itself.
  const validate = ajv.getSchema(`openapi${schema.$ref ?? pointerTo([...place, media, 'schema'])}`)
  if (validate === undefined) return ['has no schema']
  return [
    ...(validate(body) ? [] : [ajv.errorsText(validate.errors)]),
    ...(isUndescribed(description, body) ? ['its code is not in the document'] : []),
  ]
}

const pointerTo = (parts: readonly string[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`

const isUndescribed = (description: string, body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  'requestId' in body &&
  !description.includes(`\`${body.code}\`: `)
