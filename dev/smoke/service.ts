import { z } from 'zod'
import { isLoopback } from '#kernel/host'

/** A running service, as a client with a token sees it. */
export type Service = {
  /** Whether it runs on this machine. */
  readonly isLocal: boolean
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>
}
type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

export type Access = {
  readonly url: string
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
  /** The access token; null for requests without one. */
  readonly token: string | null
}

const Body = z.record(z.string(), z.unknown()).catch({})

/** Sends requests with one token. Every failure is a sentence that shows no secret. */
export const serviceAt = ({ url, fetch, signal, token }: Access): Service => ({
  isLocal: isLoopback(new URL(url).hostname),
  async ask(method, path, body) {
    const target = new URL(path, url)
    const response = await fetch(target, {
      method,
      signal,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined || body instanceof URLSearchParams
          ? {}
          : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Error(`${method} ${target.href} got no answer`, { cause })
    })
    const text = await response.text()
    return { status: response.status, body: Body.parse(text === '' ? {} : parsed(text)) }
  },
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Fails unless the answer has one of these statuses. The sentence has the code of the refusal, and nothing of what was sent. */
export function expectStatus(what: string, { status, body }: Answer, ...good: number[]): void {
  if (good.includes(status)) return
  const code = typeof body.code === 'string' ? body.code : body.error
  throw new Error(`${what} answered ${status}${typeof code === 'string' ? ` ${code}` : ''}`)
}
