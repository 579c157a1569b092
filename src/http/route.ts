import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { Refusal, type RefusalCode } from '#kernel/error'
import type { CustomerId } from '#kernel/id'
import { isId } from '#kernel/id'
import { type Access, access, type RouteKey } from './access.ts'
import { authenticate } from './authenticate.ts'
import { type AnswerHeader, describe, headersOf } from './describe.ts'
import type { Env } from './env.ts'
import { refuseInvalid } from './input.ts'

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
  const hasBody = rest.request?.body !== undefined
  const { decorate, responses: refused, ...described } = describe(key, rule, hasBody, own)
  const config = {
    ...(rest as Omit<RouteConfig, 'method' | 'path' | 'responses'>),
    ...described,
    method: method.toLowerCase() as RouteConfig['method'],
    path,
    security: securityOf(rule),
    ...(rule.open ? {} : { middleware: [authenticate(rule)] }),
    responses: { ...refused, ...decorate(responses) },
  }
  return createRoute(config) as unknown as RouteOf<K, D>
}

/** Either way to the same token; only services have scopes to name. */
function securityOf({ open, service }: Access) {
  if (open) return []
  const scopes = service ? [service] : []
  return [{ bearer: scopes }, ...(service === undefined ? [] : [{ client: scopes }])]
}

/** An answer, and the headers it says more with. */
export const json = <S extends z.ZodType>(
  schema: S,
  description: string,
  ...headers: AnswerHeader[]
) => ({
  description,
  headers: headersOf(headers),
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
