import { Refusal } from '#kernel/error'
import { newId } from '#kernel/id'
import { log } from '#kernel/log'
import { Misconfigured } from '../config.ts'
import { runtimeOf } from '../isolate.ts'
import type { Runtime } from '../runtime.ts'
import { createApp } from './app.ts'
import { problemResponse } from './problem.ts'

const app = createApp()

/** Answers a request. While a setting is wrong, every answer names it. */
export function serve(
  request: Request,
  env: object,
  execution: ExecutionContext,
): Response | Promise<Response> {
  let runtime: Runtime
  try {
    runtime = runtimeOf(env)
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error
    return misconfigured(error, new URL(request.url).pathname)
  }
  return app.fetch(request, runtime, execution)
}

/** The message names settings and never shows a value, so it may be public. */
function misconfigured({ message }: Misconfigured, path: string): Response {
  log('error', message)
  const requestId = newId('request', new Date())
  const refusal = new Refusal('misconfigured', { detail: message })
  const response = problemResponse(refusal, requestId, path, '')
  response.headers.set('X-Request-Id', requestId)
  response.headers.set('Cache-Control', 'no-store')
  return response
}
