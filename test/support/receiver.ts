import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Received = {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** What the receiver does with a request instead of answering 200. */
export type Behaviour = (response: ServerResponse, received: Received) => void

/** Somebody else's server on this machine: remembers what it was sent, and behaves per path as it is told. */
export async function startReceiver() {
  const received: Received[] = []
  const behaviours = new Map<string, Behaviour>()
  const server = createServer(async (request, response) => {
    const message = {
      path: request.url ?? '',
      headers: headersOf(request),
      body: await bodyOf(request),
    }
    received.push(message)
    const behave = behaviours.get(message.path) ?? ((it) => it.writeHead(200).end('thank you'))
    behave(response, message)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => close(server))
  const { port } = server.address() as AddressInfo
  const url = `http://localhost:${port}`
  return {
    url,
    /** For the service: the world is this receiver, and nothing else answers. */
    fetch: (async (input, init) => {
      if (String(input).startsWith(url)) return fetch(input, init)
      throw new TypeError('fetch failed')
    }) satisfies typeof globalThis.fetch,
    received,
    /** What came to a path. */
    at: (path: string) => received.filter((message) => message.path === path),
    on: (path: string, behaviour: Behaviour) => void behaviours.set(path, behaviour),
    off: (path: string) => void behaviours.delete(path),
  }
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
