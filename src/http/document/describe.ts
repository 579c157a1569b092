import type { RouteConfig } from '@hono/zod-openapi'
import * as z from 'zod'
import { type RefusalCode, refusals } from '#kernel/error'
import { type Access, callerKindsOf } from '../access.ts'
import {
  headerDocument,
  headerDocuments,
  requiredHeaderDocument,
  textSchema,
} from '../header-document.ts'
import { type ProblemStatus, statusByRefusal } from '../problem-status.ts'
import { codesOfLimits, limitHeaders } from './limit.ts'
import { OAuthProblem, Problem } from './problem.ts'

type Responses = RouteConfig['responses']

/** The parts of a route's OpenAPI description that follow from the access table. */
export function describe(key: string, rule: Access, hasBody: boolean, own: readonly RefusalCode[]) {
  const mayCarryBody = hasBody || !key.startsWith('GET ')
  return {
    operationId: operationId(key),
    parameters: parameters(rule),
    'x-callers': rule.open ? ['anyone'] : callerKindsOf(rule),
    responses: {
      ...problems([...own, ...usual(rule, hasBody, mayCarryBody)], rule),
      ...(rule.conditional && key.startsWith('GET ') ? notModified : {}),
    },
    decorate: (responses: Responses) => withHeaders(responses, rule),
  }
}

/** `POST /customer/{id}/address` → `postCustomerAddress`, `GET /customer/{id}` → `getCustomerById`, `GET /` → `getHome`. */
function operationId(key: string): string {
  const [method = '', path = ''] = key.split(' ')
  const words = path === '/' ? ['home'] : path.split(/[/.-]/).filter(Boolean)
  const named = words.map((word, i) => {
    if (!word.startsWith('{')) return word
    return i === words.length - 1 ? `by-${word.slice(1, -1)}` : ''
  })
  const joined = named
    .filter(Boolean)
    .join('-')
    .replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase())
  return `${method.toLowerCase()}${joined.charAt(0).toUpperCase()}${joined.slice(1)}`
}

/** The refusals of every request of this kind. */
function usual(rule: Access, hasBody: boolean, mayCarryBody: boolean): RefusalCode[] {
  return [
    ...(rule.open
      ? []
      : (['unauthenticated', 'invalid_token', 'caller_not_allowed', 'identity_unlinked'] as const)),
    ...(rule.service || rule.shopper ? (['insufficient_scope'] as const) : []),
    'malformed_request',
    ...codesOfLimits(rule),
    ...(rule.keyed ? (['idempotency_key_in_use', 'idempotency_key_reused'] as const) : []),
    ...(rule.conditional ? (['precondition_failed'] as const) : []),
    ...(mayCarryBody
      ? ([
          ...(takesForm(rule) ? [] : (['malformed_json'] as const)),
          'body_too_large',
          'unsupported_media_type',
        ] as const)
      : []),
    ...(hasBody || !rule.open
      ? [takesForm(rule) ? ('invalid_request' as const) : ('invalid_input' as const)]
      : []),
    'internal',
    'misconfigured',
    'database_unavailable',
    'issuer_unavailable',
  ]
}

const takesForm = ({ oauth, page }: Access): boolean => oauth === true || page === true

function problems(codes: readonly RefusalCode[], rule: Access): Responses {
  const content = contentOf(rule)
  const byStatus = Map.groupBy(new Set(codes), (code) => statusByRefusal[code])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${refusals[code]}`).join('\n\n'),
        headers: { ...refusalHeaders(status, list), ...limitHeaders(rule, status) },
        content,
      },
    ]),
  )
}

function contentOf({ oauth, page }: Access) {
  if (oauth) return { 'application/json': { schema: OAuthProblem } }
  const problem = { 'application/problem+json': { schema: Problem } }
  // Before the route is found, or while a setting is wrong, a page is answered like everything else.
  return page ? { 'text/html': { schema: z.string() }, ...problem } : problem
}

const requestId = { 'X-Request-Id': requiredHeaderDocument('The id of this request, `req_…`') }

function refusalHeaders(status: ProblemStatus, codes: readonly RefusalCode[]) {
  const seconds = 'Seconds to wait'
  const waits = status === 429 || status === 503
  return {
    ...requestId,
    ...(waits ? { 'Retry-After': requiredHeaderDocument(seconds) } : {}),
    ...(codes.includes('idempotency_key_in_use') ? { 'Retry-After': headerDocument(seconds) } : {}),
    ...(status === 401 || status === 403
      ? { 'WWW-Authenticate': requiredHeaderDocument('RFC 6750') }
      : {}),
  }
}

function withHeaders(responses: Responses, rule: Access): Responses {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const succeeds = /^[23]/.test(status) && response !== undefined && 'description' in response
      if (!succeeds) return [status, response]
      const headers = {
        ...requestId,
        ...('headers' in response ? response.headers : {}),
        ...limitHeaders(rule, Number(status)),
        ...(rule.keyed
          ? { 'Idempotent-Replayed': headerDocument('`true` when this is a stored answer') }
          : {}),
      }
      return [status, { ...response, headers }]
    }),
  )
}

function parameters(rule: Access) {
  return [
    ...(rule.keyed
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header' as const,
            required: false,
            description: `Repeating a request under its key gets the first answer, for at least 24 hours. ${keysOf(rule)}`,
            schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
          },
        ]
      : []),
    ...(rule.conditional ? conditions : []),
    ...(rule.reasoned ? [reason] : []),
    ...(rule.limited && !rule.open ? naming : []),
  ]
}

const reason = {
  name: 'X-Reason',
  in: 'header' as const,
  required: false,
  description: 'The reason, percent-encoded, at most 500 characters. The event contains it.',
  schema: textSchema,
}

/** The headers by which a shop's server says for whom it asks. */
const naming = [
  {
    name: 'X-Caller-Address',
    in: 'header' as const,
    required: false,
    description:
      'The shopper’s IP address, if a service sends the request for a shopper. Limits count this address as if the browser had sent the request, and the list of sessions shows it. Without it the request has no place, and only the limits per account apply. An address of a private network is ignored. The header is trusted only from a service, or together with `X-Service-Token`.',
    schema: textSchema,
  },
  {
    name: 'X-Service-Token',
    in: 'header' as const,
    required: false,
    description:
      'The access token of a service, sent together with the token of a shopper or a storefront. It proves that the server may send `X-Caller-Address`.',
    schema: textSchema,
  },
]

/** Whose the keys of a route are. */
const keysOf = ({ storefront }: Access): string =>
  storefront
    ? 'Keys belong to a client. The visitors of a storefront share one client, so there a key belongs to the access token. After that token is renewed, a repeated request counts as new, which is safe here.'
    : 'A service’s key belongs to its client, a shopper’s key to the shopper.'

const conditions = [
  {
    name: 'If-Match',
    in: 'header' as const,
    required: false,
    description:
      'A list of ETags from earlier answers, or `*` for any. If the resource has changed since, the answer is 412. Weak and strong tags count alike.',
    schema: textSchema,
  },
  {
    name: 'If-None-Match',
    in: 'header' as const,
    required: false,
    description:
      'A list of ETags, or `*`. If the resource still has one of them, a read answers 304 and a write 412. With `*`, a write succeeds only if the resource does not exist yet.',
    schema: textSchema,
  },
]

/** The answer to a read whose version the caller has already. */
const notModified = {
  304: {
    description: 'The version that the caller has',
    headers: { ...requestId, ...headerDocuments(['ETag']) },
  },
}
