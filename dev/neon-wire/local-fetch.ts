import { answerSql, type SqlDoor } from './answer-sql.ts'
import { receivedInProcessRequest } from './received-request.ts'

/**
 * `fetch` for callers in the wire's own process: the same answers as over HTTP, without its sockets, which cost a test more than
 * PostgreSQL does. A request that is cut fails as `fetch` does.
 */
export const localFetch =
  (door: SqlDoor): typeof globalThis.fetch =>
  async (_, init) => {
    const { signal, body } = init ?? {}
    signal?.throwIfAborted()
    const client = receivedInProcessRequest(new Headers(init?.headers), String(body), signal)
    const gone = new Promise<never>((_, reject) => {
      client.onGone(() => reject(signal?.aborted ? signal.reason : new TypeError('fetch failed')))
    })
    const {
      status,
      body: text,
      headers = {},
      encoding,
    } = await Promise.race([answerSql(door, client), gone])
    return new Response(Buffer.from(text, encoding), { status, headers })
  }
