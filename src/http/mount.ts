import { zValidator } from '@hono/zod-validator'
import type { Hono, MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { Bug, Refusal } from '#kernel/error'
import { type Access, access } from './access.ts'
import { authenticate } from './authenticate.ts'
import { readableBody } from './body.ts'
import type { Env } from './env.ts'
import type { OnInput } from './input.ts'
import { CustomerPath, type Endpoint, type Route } from './route.ts'

type Body = NonNullable<NonNullable<Route['request']>['body']>

/** Makes an endpoint answer: to whom it may; a key's fingerprint is made of the body, so that is taken in before, and judged after. */
export function mount(app: Hono<Env>, { route, answer, onInput }: Endpoint): void {
  const rule: Access = access[route.key]
  const { params, query, body } = route.request ?? {}
  const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
  app.on(
    [route.method.toUpperCase()],
    [path],
    ...(route.method === 'get' ? [] : [readableBody]),
    ...(rule.open ? [] : [authenticate(rule)]),
    ...(query === undefined ? [] : [zValidator('query', query, onInput)]),
    // Any text may stand for a customer: one that is no id of ours is not found.
    ...(params === undefined || params === CustomerPath
      ? []
      : [zValidator('param', params, onInput)]),
    ...(body === undefined ? [] : [readBody(body, onInput)]),
    answer,
  )
}

/** What may come as JSON (RFC 6839 too), and as a form. */
const kinds = {
  json: /^application\/(?:[\w.-]+\+)?json *(?:;|$)/i,
  form: /^application\/x-www-form-urlencoded *(?:;|$)/i,
} as const

/** A body is of the one kind that the route takes, or it is refused: `unsupported_media_type`. */
function readBody({ required, content }: Body, onInput: OnInput): MiddlewareHandler {
  const target = 'application/json' in content ? 'json' : 'form'
  const [media] = Object.values(content)
  const schema = media !== undefined && 'schema' in media ? media.schema : undefined
  if (!(schema instanceof z.ZodType)) throw new Bug('a body without a schema')
  const validate = zValidator(target, schema, onInput)
  return async (c, next) => {
    const type = c.req.header('Content-Type')
    const isThere = (await c.req.text()) !== ''
    if (type === undefined ? isThere : !kinds[target].test(type)) {
      throw new Refusal('unsupported_media_type')
    }
    if (required || isThere) return validate(c, next)
    c.req.addValidatedData(target, {})
    return next()
  }
}
