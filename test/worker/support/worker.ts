/// <reference types="@cloudflare/vitest-plugin/types" />
import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  type QueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { z } from 'zod'
import worker from '../../../src/index.ts'

type Body = { readonly tenant: string; readonly id: string; readonly kind: string }

/** The variables of the tests. The types of the bindings tell of others: of those of `wrangler.toml`. */
export const vars = z
  .object({
    customer: z.looseObject({}),
    tenants: z.object({ demo: z.looseObject({ clients: z.looseObject({}) }) }),
  })
  .parse(env)

/** The Worker's bindings; the queues remember what they were sent and hand nothing out by themselves. */
export function bindings(overrides: Readonly<Record<string, unknown>> = {}) {
  const sent: Body[] = []
  const QUEUE = {
    async sendBatch(batch: { readonly body: Body }[]) {
      sent.push(...batch.map(({ body }) => body))
    },
  }
  return { sent, env: Object.assign({ ...env }, { QUEUE, DELIVERY_QUEUE: QUEUE }, overrides) }
}

export async function request(of: Env, path: string, init: RequestInit = {}): Promise<Response> {
  const execution = createExecutionContext()
  const incoming = new Request(`http://localhost${path}`, init)
  const response = await worker.fetch(
    incoming as Request<unknown, IncomingRequestCfProperties>,
    of,
    execution,
  )
  await waitOnExecutionContext(execution)
  return response
}

let messages = 0

/** Hands a batch to the Worker, each message under an id of its own, and tells what became of them. */
export async function deliver(
  of: Env,
  bodies: readonly unknown[],
  { queue = 'customer', attempts = 1 } = {},
): Promise<QueueResult & { readonly ids: readonly string[] }> {
  const list = bodies.map((body) => ({
    id: `m${++messages}`,
    timestamp: new Date(),
    attempts,
    body,
  }))
  const batch = createMessageBatch(queue, list)
  const execution = createExecutionContext()
  await worker.queue(batch, of)
  return { ...(await getQueueResult(batch, execution)), ids: list.map(({ id }) => id) }
}

let minutes = 0

/** Another minute each time. */
export async function cron(of: Env): Promise<void> {
  const scheduledTime = Date.now() + minutes++ * 60_000
  await worker.scheduled(createScheduledController({ cron: '* * * * *', scheduledTime }), of)
}

/** A request of the development tenant's service. */
export async function call(
  of: Env,
  method: string,
  path: string,
  input?: unknown,
): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'dev',
    client_secret: 'dev',
  })
  const granted = await request(of, '/oauth/token', { method: 'POST', body })
  const { access_token } = await granted.json<{ access_token: string }>()
  return request(of, path, {
    method,
    headers: { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  })
}

export const register = (of: Env): Promise<Response> =>
  call(of, 'POST', '/customer', { email: `${crypto.randomUUID()}@example.com` })
