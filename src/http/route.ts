import type { RouteConfig, RouteHandler } from '@hono/zod-openapi'
import type { Handler, Context as HonoContext } from 'hono'
import * as z from 'zod'
import { Refusal, type RefusalCode } from '#kernel/error'
import { type CustomerId, type Id, type Noun as IdNoun, isId } from '#kernel/id'
import type { RouteKey } from './access.ts'
import type { Env } from './env.ts'
import { type AnswerHeader, headerDocuments } from './header-document.ts'
import { type OnInput, refuseInvalidInput } from './refuse-input.ts'

type MethodOf<K extends string> = K extends `${infer M} ${string}` ? Lowercase<M> : never
type PathOf<K extends string> = K extends `${string} ${infer P}` ? P : never

type Description = Omit<RouteConfig, 'method' | 'path' | 'middleware' | 'security'> & {
  readonly summary: string
  readonly tags: [string]
  /** The refusals of this route, without the refusals of every request. */
  readonly refusals?: readonly RefusalCode[]
}

/** A route of the access table, with the schemas of its request and its answers. */
export type Route<K extends RouteKey = RouteKey, D extends Description = Description> = D & {
  readonly key: K
  readonly method: MethodOf<K>
  readonly path: PathOf<K>
}

export function route<K extends RouteKey, const D extends Description>(
  key: K,
  description: D,
): Route<K, D> {
  const [method = '', path = ''] = key.split(' ')
  return {
    ...description,
    key,
    method: method.toLowerCase() as MethodOf<K>,
    path: path as PathOf<K>,
  }
}

/** A route and its handler. */
export type HandledRoute = {
  readonly route: Route
  readonly answer: Handler<Env>
  readonly onInput: OnInput
}

/** The routes of one noun. Each becomes its authorisation, its validation and its page of the OpenAPI document. */
export const newNounRoutes = () => new NounRoutes([])

export class NounRoutes {
  readonly endpoints: readonly HandledRoute[]

  constructor(endpoints: readonly HandledRoute[]) {
    this.endpoints = endpoints
  }

  /** @param onInput handles an invalid input; default: it is refused with 422. */
  openapi<R extends Route>(
    route: R,
    answer: RouteHandler<R, Env>,
    onInput: OnInput = refuseInvalidInput,
  ): NounRoutes {
    return new NounRoutes([...this.endpoints, { route, answer: answer as Handler<Env>, onInput }])
  }

  /** `openapi` for an answer that is JSON already. Its schema is only documentation; the tests check every answer against it. */
  written<R extends Route>(
    route: R,
    text: (...given: Parameters<RouteHandler<R, Env>>) => Promise<string>,
  ): NounRoutes {
    const answer = async (...given: Parameters<RouteHandler<R, Env>>): Promise<Response> =>
      given[0].body(await text(...given), 200, { 'Content-Type': 'application/json' })
    return new NounRoutes([
      ...this.endpoints,
      { route, answer: answer as Handler<Env>, onInput: refuseInvalidInput },
    ])
  }
}

/** An answer and its headers. */
export const openapiJsonAnswer = <S extends z.core.$ZodType>(
  schema: S,
  description: string,
  ...headers: AnswerHeader[]
) => ({
  description,
  headers: headerDocuments(headers),
  content: { 'application/json': { schema } },
})

export const jsonRequestBody = <S extends z.core.$ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const CustomerPath = z.object({
  id: z
    .string()
    .meta({ description: "A customer's id, or `me` for a shopper's own", examples: ['me'] }),
})

/** Reads the `id` of a path. A malformed id answers like an unknown one. */
export const pathIdReader =
  <N extends IdNoun>(noun: N, refusal: RefusalCode) =>
  (c: HonoContext<Env>): Id<N> => {
    const id = c.req.param('id') ?? ''
    if (!isId(noun, id)) throw new Refusal(refusal)
    return id
  }

const ME =
  '`me` is the shopper of a token, and this token belongs to no shopper. Send the id of the customer instead of `me`.'

/**
 * The customer of a path. A malformed id answers like an unknown one. Refuses `caller_not_allowed` for `me` of a caller who is no
 * shopper.
 */
export function customerIdOf(c: HonoContext<Env>): CustomerId {
  const id = c.req.param('id') ?? ''
  const { actor } = c.get('ctx')
  if (id === 'me' && actor.type === 'shopper') return actor.id
  if (id === 'me') throw new Refusal('caller_not_allowed', { callers: ['shopper'], detail: ME })
  if (!isId('customer', id)) throw new Refusal('customer_not_found')
  return id
}
