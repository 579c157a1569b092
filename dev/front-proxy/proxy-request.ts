import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'

/** What belongs to one connection (RFC 9110, 7.6.1). */
const OF_A_CONNECTION =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i
/** Internal headers between the parts of wrangler. A web page could forge them, so they are removed. */
const OF_WRANGLER = /^mf-/i
/** Node has answered it already. */
const ANSWERED = /^expect$/i

/** Passes a request on to a port of this machine, and the answer back, as they are. */
export function proxyRequest(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request
  const headers = without(rawHeaders, OF_A_CONNECTION, OF_WRANGLER, ANSWERED)
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
  request.pipe(passed)
}

/** A body of unknown length stays one. Where there is none, Node would announce one, except for these methods. */
function bodyOf({ headers, method = 'GET' }: IncomingMessage): string[] {
  if (headers['transfer-encoding'] !== undefined) return ['Transfer-Encoding', 'chunked']
  if (headers['content-length'] !== undefined || WITHOUT_BODY.test(method)) return []
  return ['Content-Length', '0']
}
const WITHOUT_BODY = /^(GET|HEAD|DELETE|OPTIONS|TRACE)$/

/** The names and values of headers, one after the other as they came, without some names. */
const without = (raw: readonly string[], ...names: readonly RegExp[]): string[] =>
  raw.filter((_, at) => !names.some((name) => name.test(raw[at - (at % 2)] ?? '')))
