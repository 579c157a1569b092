import type { RouteConfig } from '@hono/zod-openapi'
import * as z from 'zod'
import { type RefusalCode, refusals } from '#kernel/error'
import { type Access, callerKindsOf } from '../access.ts'
import { headerDocument, headerDocuments, requiredHeaderDocument } from '../header-document.ts'
import { type ProblemStatus, statusByRefusal } from '../problem-status.ts'
import { headerParameters } from './header-parameters.ts'
import { limitHeaders } from './limit.ts'
import { OAuthProblem, Problem } from './problem.ts'
import { usualRefusals } from './usual-refusals.ts'

type Responses = RouteConfig['responses']

/** The parts of a route's OpenAPI description that follow from the access table. */
export function describeRoute(
  key: string,
  rule: Access,
  hasBody: boolean,
  own: readonly RefusalCode[],
) {
  return {
    operationId: operationId(key),
    parameters: headerParameters(rule),
    'x-callers': rule.open ? ['anyone'] : callerKindsOf(rule),
    responses: {
      ...problems([...own, ...usualRefusals(key, rule, hasBody)], rule),
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

/** The answer to a read whose version the caller has already. */
const notModified = {
  304: {
    description: 'The version that the caller has',
    headers: { ...requestId, ...headerDocuments(['ETag']) },
  },
}
