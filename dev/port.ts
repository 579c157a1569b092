import { createServer } from 'node:net'

/** A free TCP port on the loopback address; free now, which is all that can be known. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/**
 * Refuses with one sentence when something listens on the port already.
 * @param given the other variables of the start, as they were written before it.
 */
export async function assertPortFree(port: number, given = ''): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await tryPort(port, host)
    if (code === 'EADDRINUSE') {
      const other = port < 65_535 ? port + 1 : port - 1
      throw new Error(
        `Port ${port} is in use: choose another one, such as PORT=${other} ${given}npm start`,
      )
    }
    if (code === 'EACCES') {
      throw new Error(`Port ${port} is not open to this user: choose one above 1023 with PORT`)
    }
  }
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}
