import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { isLoopback } from '#kernel/host'
import type { Entry } from './entry.ts'
import { mailPage, pageHeaders } from './page.ts'

const MOST = 100

/**
 * Keeps the newest mails in memory and shows them at a port of its own. Wrangler tells the Worker the host that a header names, and a page
 * may write that header; here the host is the one that was asked for. A page that has made its own name lead here (DNS rebinding) is refused.
 */
export async function startMailPage() {
  let entries: readonly Entry[] = []
  const server = createServer((request, response) => {
    const status = statusOf(request)
    if (status !== 200) return void response.writeHead(status, { Allow: 'GET, HEAD' }).end()
    response.writeHead(200, pageHeaders).end(mailPage(entries))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    keep(entry: Entry): void {
      entries = [entry, ...entries].slice(0, MOST)
    },
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function statusOf({ method, url, headers }: IncomingMessage): number {
  if (!isLoopback(URL.parse(`http://${headers.host}`)?.hostname ?? '')) return 421
  if (url !== '/') return 404
  return method === 'GET' || method === 'HEAD' ? 200 : 405
}
