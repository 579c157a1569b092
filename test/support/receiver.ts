import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { runOut } from './wait.ts'

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
  const hanging = new Map<string, string>()
  const signals = new Map<string, AbortSignal | null | undefined>()
  const server = createServer(async (request, response) => {
    const message = {
      path: request.url ?? '',
      headers: headersOf(request),
      body: await bodyOf(request),
    }
    received.push(message)
    const start = hanging.get(message.path)
    const behave = behaviours.get(message.path) ?? ((it) => it.writeHead(200).end('thank you'))
    if (start === undefined) behave(response, message)
    else if (start === '') runOut(signals.get(message.path))
    else response.writeHead(200).write(start)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => close(server))
  const { port } = server.address() as AddressInfo
  const url = `http://localhost:${port}`
  return {
    url,
    /** For the service: the world is this receiver, and nothing else answers. */
    fetch: (async (input, init) => {
      if (!String(input).startsWith(url)) throw new TypeError('fetch failed')
      const path = String(input).slice(url.length)
      if (!hanging.has(path)) return fetch(input, init)
      signals.set(path, init?.signal)
      const response = await fetch(input, init)
      return new Response(unended(response, init?.signal), response)
    }) satisfies typeof globalThis.fetch,
    received,
    /** What came to a path. */
    at: (path: string) => received.filter((message) => message.path === path),
    on: (path: string, behaviour: Behaviour) => void behaviours.set(path, behaviour),
    /** A caller gets this start of an answer, and waits for the rest until its time is over. */
    hang: (path: string, start = '') => void hanging.set(path, start),
    off: (path: string) => void behaviours.delete(path),
  }
}

/** What has come of a body; after that the time is over. */
function unended({ body }: Response, signal: AbortSignal | null | undefined): ReadableStream {
  const reader = body?.getReader()
  let isOver = false
  return new ReadableStream(
    {
      async pull(stream) {
        if (isOver) {
          runOut(signal)
          return stream.error(signal?.reason)
        }
        isOver = true
        stream.enqueue((await reader?.read())?.value)
      },
      cancel: () => reader?.cancel().catch(() => undefined),
    },
    { highWaterMark: 0 },
  )
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
