import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerOrder } from '../../examples/storefront/server/order-route.ts'
import { fileAt } from './answer-file-request.ts'
import type { Demo } from './demo.ts'

export type Answer = {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const refused = (status: number, body: string): Answer => ({ status, type: 'text/plain', body })

/** What the example's server answers. Requests under a foreign host name (DNS rebinding) are refused. */
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

/** An address is shorter. */
const MOST_BYTES = 1000

async function order(request: IncomingMessage, service: string, demo: Demo): Promise<Answer> {
  if (demo.server === undefined) return refused(501, 'No client dev in wrangler.toml.')
  const { 'content-type': type = '', authorization = '' } = request.headers
  const asked = new Request('http://localhost/order', {
    method: 'POST',
    headers: { 'Content-Type': type, Authorization: authorization },
    body: await readText(request),
  })
  const answer = await answerOrder(asked, { service, client: demo.server })
  const [kind = 'text/plain'] = (answer.headers.get('content-type') ?? '').split(';')
  return { status: answer.status, type: kind, body: await answer.text() }
}

/** What is too long is read as nothing. */
async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > MOST_BYTES) return ''
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

export function sendAnswer(
  response: ServerResponse,
  { status, type, body, headers }: Answer,
): void {
  response.writeHead(status, {
    'Content-Type': type === 'image/svg+xml' ? type : `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...headers,
  })
  response.end(body)
}
