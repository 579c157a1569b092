import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Entry } from './entry.ts'
import { originsWithoutServer } from './origin-without-server.ts'
import { mailPage, pageHeaders } from './page.ts'
import { PAUSE_QUERY } from './path.ts'

const MOST = 100

export type MailList = {
  readonly keep: (entry: Entry) => void
  readonly show: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Keeps the newest mails in memory, and shows them on a page to read. @param shops the origins where their links lead */
export function makeMailList(shops: readonly string[] = []): MailList {
  let entries: readonly Entry[] = []
  return {
    keep(entry) {
      entries = [entry, ...entries].slice(0, MOST)
    },
    async show({ method = '', url = '' }, response) {
      if (method === 'GET' || method === 'HEAD') {
        const isPaused = url.endsWith(`?${PAUSE_QUERY}`)
        const empty = await originsWithoutServer(shops)
        response.writeHead(200, pageHeaders).end(mailPage(entries, { isPaused, shops, empty }))
      } else {
        response.writeHead(405, { Allow: 'GET, HEAD', 'Cache-Control': 'no-store' }).end()
      }
    },
  }
}
