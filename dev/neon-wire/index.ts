import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { sendReply } from './answer.ts'
import { answerSql, type SqlDoor } from './answer-sql.ts'
import { Callers } from './caller.ts'
import { InjectedFaults } from './injected-fault.ts'
import { localFetch } from './local-fetch.ts'
import { receivedHttpRequest } from './received-request.ts'
import { PostgresSessions } from './sessions.ts'
import { SocketBridge } from './socket.ts'
import { type Count, TrafficCounter } from './traffic-counter.ts'

export type { InjectedFault } from './injected-fault.ts'
export { PostgresSessions } from './sessions.ts'

export type WireOptions = {
  /** Where PostgreSQL is. Users, passwords and databases are the callers'. */
  readonly connectionString: string
  /** Sessions with PostgreSQL for each login. */
  readonly max?: number
  /** Sessions that outlive the wire, in place of its own: what a session has planned is kept. */
  readonly sessions?: PostgresSessions
  readonly port?: number
  readonly timeoutMilliseconds?: number
  readonly maxRequestBytes?: number
  readonly maxResponseBytes?: number
}

export type Wire = {
  readonly port: number
  /** For `neonConfig.fetchEndpoint`. */
  readonly endpoint: string
  /** For `neonConfig.fetchFunction`: what is sent to the endpoint within this process is answered without a socket. */
  readonly fetch: typeof globalThis.fetch
  /** What crossed since the last reset, in all or of callers with this `application_name`. */
  count(applicationName?: string): Readonly<Count>
  readonly faults: InjectedFaults
  /** Counts from zero again and forgets the faults. */
  reset(): void
  close(): Promise<void>
}

const TEN_MEBIBYTES = 10 * 1024 * 1024

/** Speaks Neon's wire in front of a PostgreSQL: SQL over HTTP, and PostgreSQL over WebSocket. */
export async function startWire(options: WireOptions): Promise<Wire> {
  const { hostname, port } = new URL(options.connectionString)
  const counter = new TrafficCounter()
  const sessions = options.sessions ?? new PostgresSessions(options.connectionString, options.max)
  const door: SqlDoor = {
    callers: new Callers(sessions, counter),
    counter,
    faults: new InjectedFaults(),
    maxRequestBytes: options.maxRequestBytes ?? TEN_MEBIBYTES,
    maxResponseBytes: options.maxResponseBytes ?? TEN_MEBIBYTES,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 15_000,
  }
  const bridge = new SocketBridge({ host: hostname, port: Number(port || 5432) })
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    route(door, request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    const close = (status: string) =>
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    if (isFromPage(request)) close('403 Forbidden')
    else if (bridge.accept(request, socket, head)) counter.of().sockets++
    else close('404 Not Found')
  })
  const chosen = await listen(server, options.port ?? 0)
  return {
    port: chosen,
    endpoint: `http://127.0.0.1:${chosen}/sql`,
    fetch: localFetch(door),
    count: (name) => ({ ...counter.of(name) }),
    faults: door.faults,
    reset: () => {
      counter.reset()
      door.faults.clear()
    },
    close: () => {
      bridge.close()
      server.closeAllConnections()
      if (options.sessions === undefined) sessions.close()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/**
 * Whether a web page sent the request: browsers add `Origin` to all but GETs. Neon serves pages too. Here it would expose the database, whose password is known.
 */
const isFromPage = ({ headers }: IncomingMessage): boolean => headers.origin !== undefined

function route(door: SqlDoor, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?', 1)[0]
  if (isFromPage(request)) {
    sendReply(response, {
      status: 403,
      body: JSON.stringify({ message: 'not for pages of a browser' }),
    })
  } else if (path === '/sql' && request.method === 'POST') answer(door, request, response)
  else sendReply(response, { status: 404, body: JSON.stringify({ message: 'not found' }) })
}

async function answer(door: SqlDoor, request: IncomingMessage, response: ServerResponse) {
  sendReply(response, await answerSql(door, receivedHttpRequest(request, response)))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
