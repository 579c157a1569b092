import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Lookup, resolveAllowedTarget } from './resolve-allowed-target.ts'
import { sendToAddresses } from './send.ts'

/** What of a connection is not of the next one (RFC 9110, 7.6.1), and what the Worker and this service say to each other. */
const OF_A_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']
const OURS = ['host', 'x-egress-to', 'x-egress-outcome']

/**
 * Sends the Worker's requests to places that others name: the local runtime would connect to any address, and resolves a name by itself.
 * Here a name is resolved once, its addresses are judged, and one of them is connected to. `src/outbound-fetch.ts` calls it. Its URL has a
 * secret, so that no page and no other program sends through it.
 */
export async function startEgress({ lookup }: { readonly lookup?: Lookup } = {}) {
  const path = `/${randomBytes(16).toString('base64url')}`
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end()
    pass(request, response, lookup).catch(() => refuse(response, 'unreachable'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}${path}`,
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  lookup: Lookup | undefined,
): Promise<void> {
  const url = new URL(String(request.headers['x-egress-to']))
  const left = new AbortController()
  response.on('close', () => left.abort())
  const addresses = await resolveAllowedTarget(url, lookup)
  if (addresses === null) return refuse(response, 'refused')
  const { method = 'GET' } = request
  const headers = without(request.headers, [...OF_A_CONNECTION, ...OURS])
  const signal = left.signal
  const answer = await sendToAddresses({ url, addresses, method, headers, body: request, signal })
  const passed = without(answer.headers, [...OF_A_CONNECTION, ...OURS, 'transfer-encoding'])
  response.writeHead(answer.statusCode ?? 502, { ...passed, 'X-Egress-Outcome': 'answered' })
  answer.on('error', () => response.destroy())
  answer.pipe(response)
}

function refuse(response: ServerResponse, outcome: 'refused' | 'unreachable'): void {
  if (response.headersSent) response.destroy()
  else response.writeHead(502, { 'X-Egress-Outcome': outcome }).end()
}

const without = <T>(headers: Readonly<Record<string, T>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
