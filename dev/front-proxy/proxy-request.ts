import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { MAX_BODY_BYTES } from '../../src/http/body.ts'

/** What belongs to one connection (RFC 9110, 7.6.1). */
const OF_A_CONNECTION =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i
/** Internal headers between the parts of wrangler. A web page could forge them, so they are removed. */
const OF_WRANGLER = /^mf-/i
/** Node has answered it already. */
const ANSWERED = /^expect$/i

const LENGTH = /^content-length$/i

/**
 * Passes a request on to a port of this machine, and the answer back, as they are. A body that is larger than the service takes is cut one
 * byte beyond that size, so the service refuses it. Workerd would break the connection with the rest of such a body unread.
 */
export function proxyRequest(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request
  const cut = isTooLong(request) ? [LENGTH] : []
  const headers = without(rawHeaders, OF_A_CONNECTION, OF_WRANGLER, ANSWERED, ...cut)
  const passed = ask(
    {
      host: 'localhost',
      port,
      method,
      path: url,
      headers: [...headers, ...bodyOf(request)],
      agent: false,
    },
    (answer) => {
      // Wrangler has dated it.
      response.sendDate = false
      response.writeHead(answer.statusCode ?? 502, without(answer.rawHeaders, OF_A_CONNECTION))
      answer.on('error', () => response.destroy())
      answer.pipe(response)
    },
  )
  passed.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502, { 'Cache-Control': 'no-store' }).end()
  })
  response.on('close', () => passed.destroy())
  passBody(request, passed)
}

const isTooLong = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES

/** Passes the body on, up to one byte more than the service takes. The rest is read and dropped, so the caller can finish and read the answer. */
function passBody(request: IncomingMessage, passed: Writable): void {
  let left = MAX_BODY_BYTES + 1
  request.on('data', (chunk: Buffer) => {
    if (left > 0) passed.write(chunk.subarray(0, left))
    if (left > 0 && chunk.length >= left) passed.end()
    left -= chunk.length
  })
  request.on('end', () => passed.end())
}

/** A body of unknown length stays one. Where there is none, Node would announce one, except for these methods. */
function bodyOf(request: IncomingMessage): string[] {
  const { headers, method = 'GET' } = request
  if (headers['transfer-encoding'] !== undefined || isTooLong(request)) {
    return ['Transfer-Encoding', 'chunked']
  }
  if (headers['content-length'] !== undefined || WITHOUT_BODY.test(method)) return []
  return ['Content-Length', '0']
}
const WITHOUT_BODY = /^(GET|HEAD|DELETE|OPTIONS|TRACE)$/

/** The names and values of headers, one after the other as they came, without some names. */
const without = (raw: readonly string[], ...names: readonly RegExp[]): string[] =>
  raw.filter((_, at) => !names.some((name) => name.test(raw[at - (at % 2)] ?? '')))
