import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { Refusal, type RefusalCode, refusals } from '#kernel/error'
import type { CustomerId } from '#kernel/id'
import { isId } from '#kernel/id'
import { type Access, access, type RouteKey } from './access.ts'
import { authenticate } from './authenticate.ts'
import type { Env } from './env.ts'
import { refuseInvalid } from './input.ts'
import { Problem, statusOf } from './problem.ts'

type Parts<K extends string> = K extends `${infer M} ${infer P}`
  ? { method: Lowercase<M>; path: P }
  : never

type Description = Omit<RouteConfig, 'method' | 'path' | 'middleware' | 'security'> & {
  readonly summary: string
  readonly tags: [string]
  /** The refusals of this route besides those that any request may meet. */
  readonly refusals?: readonly RefusalCode[]
}

/** What the handler's types are made of: the address, what is read from the request, what is answered. */
type RouteOf<K extends RouteKey, D extends Description> = Parts<K> &
  Pick<D, Extract<keyof D, 'request'>> & { responses: D['responses']; getRoutingPath(): string }

/** The routes of one noun. */
export const routes = () => new OpenAPIHono<Env>({ defaultHook: refuseInvalid })

/** A route of the access table: its authorisation, its validation and its page in the OpenAPI document in one. */
export function route<K extends RouteKey, const D extends Description>(
  key: K,
  description: D,
): RouteOf<K, D> {
  const [method = '', path = ''] = key.split(' ')
  const rule: Access = access[key]
  const { refusals: own = [], responses, ...rest } = description
  const config = {
    ...(rest as Omit<RouteConfig, 'method' | 'path' | 'responses'>),
    method: method.toLowerCase() as RouteConfig['method'],
    path,
    ...(rule.open
      ? {}
      : { middleware: [authenticate(rule)], security: [{ bearer: scopesOf(rule) }] }),
    responses: { ...problems([...own, ...usual(rule)]), ...responses },
  }
  return createRoute({ ...config, 'x-callers': callersOf(rule) }) as unknown as RouteOf<K, D>
}

const scopesOf = (rule: Access): string[] => (rule.service ? [rule.service] : [])

export const callersOf = (rule: Access): string[] => [
  ...(rule.open ? ['anyone'] : []),
  ...(rule.service !== undefined ? ['service'] : []),
  ...(rule.storefront ? ['storefront'] : []),
  ...(rule.shopper ? ['shopper'] : []),
]

/** What any request of this kind may be refused for. */
function usual(rule: Access): RefusalCode[] {
  return [
    ...(rule.open ? [] : (['unauthenticated', 'invalid_token', 'caller_not_allowed'] as const)),
    ...(rule.service ? (['insufficient_scope'] as const) : []),
    ...(rule.keyed
      ? (['malformed_request', 'idempotency_key_in_use', 'idempotency_key_reused'] as const)
      : []),
    ...(rule.conditional ? (['malformed_request', 'precondition_failed'] as const) : []),
    'internal',
    'database_unavailable',
  ]
}

function problems(codes: readonly RefusalCode[]): RouteConfig['responses'] {
  const byStatus = Map.groupBy(new Set(codes), (code) => statusOf[code])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${refusals[code]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}

export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const CustomerPath = z.object({
  id: z
    .string()
    .meta({ description: "A customer's id, or `me` for a shopper's own", examples: ['me'] }),
})

/** The customer a path names. What cannot be an id of ours answers like one that does not exist. */
export function customerIdOf(c: HonoContext<Env>): CustomerId {
  const id = c.req.param('id') ?? ''
  const { actor } = c.var.ctx
  if (id === 'me' && actor.type === 'shopper') return actor.id
  if (!isId('customer', id)) throw new Refusal('customer_not_found')
  return id
}
