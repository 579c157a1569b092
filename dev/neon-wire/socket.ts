import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws'
import type { Address } from './connection.ts'

const UNSUPPORTED_DATA = 1003

/**
 * Carries PostgreSQL's protocol in binary frames: `/v2` to the wire's own server, `/v1?address=h:p`
 * to the one it names.
 */
export class SocketBridge {
  readonly #address: Address
  readonly #server = new WebSocketServer({ noServer: true })

  constructor(address: Address) {
    this.#address = address
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const target = this.#target(new URL(request.url ?? '/', 'http://wire'))
    if (target) this.#server.handleUpgrade(request, socket, head, (ws) => bridge(ws, target))
    return target !== undefined
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
  }

  #target({ pathname, searchParams }: URL): Address | undefined {
    if (pathname === '/v2') return this.#address
    const named = /^(.+):(\d+)$/.exec(searchParams.get('address') ?? '')
    if (pathname !== '/v1' || !named) return undefined
    return { host: named[1] ?? '', port: Number(named[2]) }
  }
}

function bridge(ws: WebSocket, target: Address): void {
  const tcp = connect({ ...target, noDelay: true })
  const frames = createWebSocketStream(ws)
  ws.on('message', (_, isBinary) => {
    if (!isBinary) ws.close(UNSUPPORTED_DATA, 'binary frames only')
  })
  frames.on('error', () => tcp.destroy())
  tcp.on('error', () => ws.close())
  tcp.on('close', () => ws.close())
  frames.pipe(tcp)
  tcp.pipe(frames)
}
