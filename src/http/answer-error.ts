import type { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { unavailableRefusalOf } from '#core/context'
import { Refusal } from '#kernel/error'
import { errorFields, log } from '#kernel/log'
import { type Access, accessByRoute, type RouteKey } from './access.ts'
import type { Env } from './env.ts'
import { logSuspiciousRefusal } from './log-suspicious-refusal.ts'
import { problemResponse } from './problem.ts'
import { statusByRefusal } from './problem-status.ts'
import { refusalForCaller } from './refusal-for-caller.ts'
import { wwwAuthenticateHeader } from './www-authenticate.ts'

/** Converts every error to an answer. An error that is no refusal is a bug: it answers with a fixed text and logs a line, as a suspicious refusal does. */
export function answerError(error: unknown, c: HonoContext<Env>): Response | Promise<Response> {
  const refusal = toRefusal(error)
  if (statusByRefusal[refusal.code] >= 500) {
    log('error', 'request failed', {
      requestId: c.get('requestId'),
      code: refusal.code,
      ...errorFields(error),
    })
  }
  logSuspiciousRefusal(c, refusal)
  const { publicUrl } = c.env.config
  const response = problemResponse(
    refusalForCaller(c, refusal),
    c.get('requestId'),
    c.req.path,
    publicUrl,
  )
  const challenge = wwwAuthenticateHeader(c, refusal)
  if (challenge !== null) response.headers.set('WWW-Authenticate', challenge)
  return showsPage(c.get('route')) ? toPage(c, refusal, response) : response
}

const showsPage = (key: RouteKey | undefined): boolean => {
  const { page }: Access = key === undefined ? {} : accessByRoute[key]
  return page === true
}

async function toPage(c: HonoContext<Env>, refusal: Refusal, problem: Response) {
  const { refuseOnPage } = await import('./login-page/refuse.ts')
  return refuseOnPage(c, refusal, problem)
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const away = unavailableRefusalOf(error)
  if (away !== null) return away
  // Hono itself throws only one error: the validator's, for a body that is no JSON.
  if (error instanceof HTTPException && error.status === 400) return new Refusal('malformed_json')
  return new Refusal('internal')
}
