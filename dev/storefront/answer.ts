import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { placeOrder } from '../../examples/storefront/server/place-order.ts'
import type { Demo } from './demo.ts'
import { fileAt } from './file.ts'

export type Answer = {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const refused = (status: number, body: string): Answer => ({ status, type: 'text/plain', body })

/** What the example's server answers. Others who make a name of theirs lead to this machine get nothing. */
export async function answerTo(
  request: IncomingMessage,
  service: string,
  demo: Demo,
): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (!isOfThisMachine(request.headers.host ?? '')) return refused(421, 'Ask for localhost.')
  if (request.method === 'POST' && pathname === '/order') return order(request, service, demo)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405, 'Use GET.')
  return fileAt(pathname, service, demo)
}

const isOfThisMachine = (host: string): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)

const Body = z.object({ email: z.string().optional() })
/** An address is shorter. */
const MOST_BYTES = 1000

async function order(request: IncomingMessage, service: string, demo: Demo): Promise<Answer> {
  // A page of another site cannot send JSON here: its browser would ask first, and is not answered.
  if (request.headers['content-type'] !== 'application/json') return refused(415, 'Send JSON.')
  if (demo.server === undefined) return refused(501, 'No client dev in wrangler.toml.')
  const { data } = Body.safeParse(await readJson(request))
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? []
  const buyer = token === undefined ? data?.email && { email: data.email } : { token }
  if (!buyer) return refused(400, 'Send an e-mail address, or the token of a login.')
  try {
    const orderId = await placeOrder(service, demo.server, buyer)
    return { status: 201, type: 'application/json', body: JSON.stringify({ orderId }) }
  } catch (error) {
    return refused(502, error instanceof Error ? error.message : String(error))
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > MOST_BYTES) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString())
  } catch {
    return undefined
  }
}

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type === 'image/svg+xml' ? type : `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...headers,
  })
  response.end(body)
}
