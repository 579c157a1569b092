import { zValidator } from '@hono/zod-validator'
import type { Hono, MiddlewareHandler } from 'hono'
import { every } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import { Bug } from '#kernel/error'
import { access, patternOf, type RouteKey } from './access.ts'
import { authenticate } from './authenticate.ts'
import { mediaTypes, readableBody, refusalOfJson, refuseType } from './body.ts'
import type { Env } from './env.ts'
import { readForm } from './form.ts'
import type { OnInput } from './refuse-input.ts'
import type { HandledRoute, Route } from './route.ts'

type Body = NonNullable<NonNullable<Route['request']>['body']>

/** Mounts a route behind its access rule. Its validators and its answer are loaded with its noun, with the first request. */
export function mount(app: Hono<Env>, key: RouteKey, load: () => Promise<HandledRoute>): void {
  const rule = access[key]
  const [method, pattern] = patternOf(key)
  let answer: MiddlewareHandler<Env> | undefined
  app.on(
    [method],
    [pattern],
    (c, next) => {
      c.set('route', key)
      return next()
    },
    ...(method === 'GET' ? [] : readableBody),
    ...(rule.open ? [] : [authenticate(rule)]),
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
  const steps: Step[] = []
  if (query !== undefined) {
    steps.push(zValidator('query', query, (read, c) => onInput(read, c, query)))
  }
  if (params !== undefined) {
    steps.push(zValidator('param', params, (read, c) => onInput(read, c, params)))
  }
  if (body !== undefined) steps.push(readBody(body, onInput))
  return [...steps, answer]
}

/** Refuses `malformed_json`. It is the only error that the validator throws before the handler runs. */
function readJson(schema: z.ZodType, onInput: OnInput): MiddlewareHandler {
  const validate = zValidator('json', schema, async (read, c) => {
    const isEmpty = (await c.req.arrayBuffer()).byteLength === 0
    return onInput(read.success ? read : { ...read, isEmpty }, c, schema)
  })
  return async (c, next) => {
    let isRead = false
    try {
      return await validate(c, () => {
        isRead = true
        return next()
      })
    } catch (error) {
      if (isRead || !(error instanceof HTTPException)) throw error
      throw refusalOfJson(await c.req.text())
    }
  }
}

/** Reads a body. Refuses `unsupported_media_type` for a type that the route does not take. */
function readBody({ required, content }: Body, onInput: OnInput): MiddlewareHandler {
  const target = 'application/json' in content ? 'json' : 'form'
  const [media] = Object.values(content)
  const schema = media !== undefined && 'schema' in media ? media.schema : undefined
  if (!(schema instanceof z.ZodType)) throw new Bug('a body without a schema')
  const validate: MiddlewareHandler =
    target === 'json' ? readJson(schema, onInput) : readForm(schema, onInput)
  return async (c, next) => {
    const type = c.req.header('Content-Type')
    const isThere = (await c.req.arrayBuffer()).byteLength > 0
    if (type === undefined ? isThere : !mediaTypes[target].test(type)) {
      refuseType(target)
    }
    if (required || isThere) return validate(c, next)
    // Hono would parse and refuse the empty body that some clients send with `Content-Type: application/json`.
    c.req.addValidatedData(target, {})
    return next()
  }
}
