import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { log } from '#kernel/log'
import { Misconfigured } from '../config.ts'
import { cachedRuntime } from '../make-runtime.ts'
import type { Runtime } from '../runtime.ts'
import { createApp } from './app.ts'
import { problemResponse } from './problem.ts'

const app = createApp()

/** Answers a request. While a setting is wrong, none is served, and the log says which. */
export function serve(
  request: Request,
  env: object,
  execution: ExecutionContext,
): Response | Promise<Response> {
  let runtime: Runtime
  try {
    runtime = cachedRuntime(env)
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error
    return misconfigured(error, new URL(request.url).pathname)
  }
  return app.fetch(request, runtime, execution)
}

/** The names of settings and shops are only for the log. The answer has the fixed sentence, because any caller can read it. */
function misconfigured({ message }: Misconfigured, path: string): Response {
  const requestId = newId('request', new Date())
  log('error', message, { code: 'misconfigured', requestId })
  const response = problemResponse(new Refusal('misconfigured'), requestId, path, '')
  response.headers.set('X-Request-Id', requestId)
  response.headers.set('Cache-Control', 'no-store')
  return response
}
