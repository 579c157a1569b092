import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

/** Answers at a port of this machine's own addresses, and of no other. Refuses with the error of the system. */
export async function listenOnLoopback(
  port: number,
  listener: RequestListener,
): Promise<{ readonly close: () => void }> {
  const servers: Server[] = []
  const close = () => {
    for (const server of servers) server.close()
    for (const server of servers) server.closeAllConnections()
  }
  try {
    for (const host of ['127.0.0.1', '::1']) {
      const server = createServer(listener)
      await once(server.listen(port, host), 'listening')
      servers.push(server)
    }
  } catch (error) {
    // A machine without IPv6 is reached by the other address.
    if (servers.length === 0 || !/^(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(systemErrorCode(error))) {
      close()
      throw error
    }
  }
  return { close }
}

/** The system's code of an error, such as `EADDRINUSE`. */
export const systemErrorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
