import { request } from 'node:http'
import type { TestWire } from '../../support/wire.ts'

type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

type Asked = {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/** A request as any HTTP client could send it; a header that is `undefined` is left out. */
export function ask(wire: TestWire, { method = 'POST', path = '/sql', headers, body }: Asked) {
  const sent = Object.entries({ 'neon-connection-string': wire.connectionString, ...headers })
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(`http://127.0.0.1:${wire.port}${path}`, {
      method,
      headers: Object.fromEntries(sent.filter(([, value]) => value !== undefined)),
    })
    asked.on('error', reject)
    asked.on('response', async (response) => {
      response.setEncoding('utf8')
      let text = ''
      for await (const chunk of response) text += chunk
      const isJson = response.headers['content-type'] === 'application/json'
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: isJson ? JSON.parse(text) : text,
      })
    })
    asked.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}
