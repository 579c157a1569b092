import { zValidator } from '@hono/zod-validator'
import type { Hono, MiddlewareHandler } from 'hono'
import { every } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import { Bug } from '#kernel/error'
import { type Access, accessByRoute, methodAndHonoPathOf, type RouteKey } from './access.ts'
import { admitRequest } from './admit-request.ts'
import {
  mediaTypes,
  readableBodyMiddleware,
  refusalOfMalformedJson,
  throwMediaTypeRefusal,
} from './body.ts'
import type { Env } from './env.ts'
import { makeFormMiddleware } from './form.ts'
import type { Known, OnInput } from './refuse-input.ts'
import type { HandledRoute, Route } from './route.ts'

type Body = NonNullable<NonNullable<Route['request']>['body']>

/** Mounts a route behind its access rule. Its validators and its answer are loaded with its noun, with the first request. */
export function mountRoute(app: Hono<Env>, key: RouteKey, load: () => Promise<HandledRoute>): void {
  const rule = accessByRoute[key]
  const [method, pattern] = methodAndHonoPathOf(key)
  let answer: MiddlewareHandler<Env> | undefined
  app.on(
    [method],
    [pattern],
    (c, next) => {
      c.set('route', key)
      return next()
    },
    ...(method === 'GET' ? [] : readableBodyMiddleware),
    ...(rule.open ? [] : [admitRequest(rule)]),
    async (c, next) => {
      answer ??= every(...stepsOf(await load()))
      return answer(c, next)
    },
  )
}

type Step = MiddlewareHandler<Env>

/** The steps of a route. The body has already been read for the fingerprint of an idempotency key. Here it is validated. */
function stepsOf({ route, answer, onInput }: HandledRoute): readonly Step[] {
  const { params, query, body } = route.request ?? {}
  const answers = answersOf(route)
  const steps: Step[] = []
  if (query !== undefined || !isOpen(route.key)) steps.push(readQuery(query, answers, onInput))
  if (params !== undefined) {
    steps.push(
      zValidator('param', params, (read, c) => onInput(read, c, { input: params, answers })),
    )
  }
  if (body !== undefined) steps.push(readBody(body, answers, onInput))
  return [...steps, answer]
}

/** Monitors and caches add parameters of their own to open paths, and OAuth lets them pass (RFC 6749, 3.1). */
const isOpen = (key: RouteKey): boolean => {
  const { open }: Access = accessByRoute[key]
  return open === true
}

const noParameters = z.strictObject({})

/** Reads the query string. A route without parameters refuses all. */
function readQuery(
  query: z.ZodType | undefined,
  answers: Known['answers'],
  onInput: OnInput,
): MiddlewareHandler {
  const input = query ?? noParameters
  const validate = zValidator('query', input, (read, c) => onInput(read, c, { input, answers }))
  return query === undefined
    ? (c, next) => (c.req.url.includes('?') ? validate(c, next) : next())
    : validate
}

/** The schemas of the answers that tell of a success. */
const answersOf = ({ responses }: Route): z.ZodType[] =>
  Object.values(responses).flatMap((response) =>
    'content' in response ? schemasIn(response.content) : [],
  )

const schemasIn = (content: Body['content'] = {}): z.ZodType[] =>
  Object.values(content).flatMap((media) =>
    media !== undefined && 'schema' in media && media.schema instanceof z.ZodType
      ? [media.schema]
      : [],
  )

/** Refuses `malformed_json`. It is the only error that the validator throws before the handler runs. */
function readJson(known: Known, onInput: OnInput): MiddlewareHandler {
  const validate = zValidator('json', known.input, (read, c) => onInput(read, c, known))
  return async (c, next) => {
    let isRead = false
    try {
      return await validate(c, () => {
        isRead = true
        return next()
      })
    } catch (error) {
      if (isRead || !(error instanceof HTTPException)) throw error
      throw refusalOfMalformedJson(await c.req.text())
    }
  }
}

/** Reads an empty body as one without fields, with any `Content-Type`. Hono would parse the empty text as JSON. */
const readEmpty =
  (target: 'json' | 'form', known: Known, onInput: OnInput): MiddlewareHandler =>
  (c, next) => {
    const data = {}
    const read = z.safeParse(known.input, data)
    const answer = onInput(read.success ? read : { ...read, data, target, isEmpty: true }, c, known)
    if (answer !== undefined) return Promise.resolve(answer)
    c.req.addValidatedData(target, Object(read.data))
    return next()
  }

/** Reads a body. Refuses `unsupported_media_type` for a type that the route does not take. */
function readBody(
  { content }: Body,
  answers: Known['answers'],
  onInput: OnInput,
): MiddlewareHandler {
  const target = 'application/json' in content ? 'json' : 'form'
  const [input] = schemasIn(content)
  if (input === undefined) throw new Bug('a body without a schema')
  const known = { input, answers }
  const read = target === 'json' ? readJson(known, onInput) : makeFormMiddleware(known, onInput)
  const empty = readEmpty(target, known, onInput)
  return async (c, next) => {
    const type = c.req.header('Content-Type')
    const isThere = (await c.req.arrayBuffer()).byteLength > 0
    if (type === undefined ? isThere : !mediaTypes[target].test(type)) {
      throwMediaTypeRefusal(target)
    }
    return isThere ? read(c, next) : empty(c, next)
  }
}
