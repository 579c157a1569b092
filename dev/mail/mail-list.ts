import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Entry } from './entry.ts'
import { mailPage, pageHeaders } from './page.ts'
import { PAUSE_QUERY } from './path.ts'

const MOST = 100

export type MailList = {
  readonly keep: (entry: Entry) => void
  readonly show: (request: IncomingMessage, response: ServerResponse) => void
}

/** Keeps the newest mails in memory, and shows them on a page to read. */
export function makeMailList(): MailList {
  let entries: readonly Entry[] = []
  return {
    keep(entry) {
      entries = [entry, ...entries].slice(0, MOST)
    },
    show({ method = '', url = '' }, response) {
      if (method === 'GET' || method === 'HEAD') {
        response.writeHead(200, pageHeaders).end(mailPage(entries, url.endsWith(`?${PAUSE_QUERY}`)))
      } else {
        response.writeHead(405, { Allow: 'GET, HEAD', 'Cache-Control': 'no-store' }).end()
      }
    },
  }
}
