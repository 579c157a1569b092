import { zValidator } from '@hono/zod-validator'
import type { Handler, Hono, Context as HonoContext, MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { Bug, Refusal } from '#kernel/error'
import { access, type RouteKey } from './access.ts'
import { authenticate } from './authenticate.ts'
import { readableBody } from './body.ts'
import type { Env } from './env.ts'
import type { OnInput } from './input.ts'
import { CustomerPath, type Endpoint, type Route } from './route.ts'

type Body = NonNullable<NonNullable<Route['request']>['body']>

/** Makes a route answer: to whom it may. What judges the input and answers is loaded when it is first asked for. */
export function mount(app: Hono<Env>, key: RouteKey, load: () => Promise<Endpoint>): void {
  const rule = access[key]
  const [method = '', path = ''] = key.split(' ')
  let steps: readonly Step[] | undefined
  app.on(
    [method],
    [path.replaceAll(/\{(\w+)\}/g, ':$1')],
    ...(method === 'GET' ? [] : [readableBody]),
    ...(rule.open ? [] : [authenticate(rule)]),
    async (c) => {
      steps ??= stepsOf(await load())
      return inTurn(steps, c)
    },
  )
}

type Step = Handler<Env>

/** A key's fingerprint is made of the body, so that is taken in before, and judged here. */
function stepsOf({ route, answer, onInput }: Endpoint): readonly Step[] {
  const { params, query, body } = route.request ?? {}
  const steps: Step[] = []
  if (query !== undefined) steps.push(readQuery(query, onInput))
  // Any text may stand for a customer: one that is no id of ours is not found.
  if (params !== undefined && params !== CustomerPath) {
    steps.push(zValidator('param', params, onInput))
  }
  if (body !== undefined) steps.push(readBody(body, onInput))
  return [...steps, answer]
}

/** Without a query string nothing is read anew: what it means then does not change. */
function readQuery(schema: z.ZodType, onInput: OnInput): Step {
  const judge: Step = zValidator('query', schema, onInput)
  const nothing = schema.safeParse({})
  return (c, next) => {
    if (!nothing.success || c.req.url.includes('?')) return judge(c, next)
    c.req.addValidatedData('query', { ...Object(nothing.data) })
    return next()
  }
}

/** As Hono runs them: each runs the next, or answers itself. */
async function inTurn([step, ...rest]: readonly Step[], c: HonoContext<Env>): Promise<Response> {
  const response = await step?.(c, async () => {
    c.res = await inTurn(rest, c)
  })
  return response ?? c.res
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
