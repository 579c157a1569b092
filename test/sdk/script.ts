import { Commerce, type CommerceOptions } from '../../src/sdk/index.ts'

export type Sent = {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: string | undefined
}

type Reply = Response | Error | 'never'

/** A client whose network follows a script, one step for each request, and what it sent. */
export function scripted(
  steps: readonly ((sent: Sent) => Reply)[],
  options: Partial<CommerceOptions> = {},
) {
  const sent: Sent[] = []
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url)
    const request = {
      method: init.method ?? 'GET',
      path: pathname + search,
      headers: new Headers(init.headers),
      body: init.body === undefined ? undefined : String(init.body),
    }
    const step = steps[sent.push(request) - 1]
    if (step === undefined) throw new Error(`No step for ${request.method} ${request.path}`)
    const reply = step(request)
    if (reply === 'never') return untilAborted(init.signal)
    if (reply instanceof Error) throw reply
    return reply
  }
  const commerce = new Commerce({ baseUrl: 'https://customer.test', token: 't', fetch, ...options })
  return { commerce, sent }
}

const untilAborted = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })

export const lost = () => new TypeError('fetch failed')

export const answers =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  (): Response =>
    status === 204
      ? new Response(null, { status, headers })
      : Response.json(body, { status, headers })

export const refuses = (status: number, code: string, headers: Record<string, string> = {}) =>
  answers(
    status,
    { code, status, detail: 'It is so.', requestId: 'req_1' },
    {
      'X-Request-Id': 'req_1',
      ...headers,
    },
  )
