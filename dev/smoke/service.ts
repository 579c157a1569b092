import { z } from 'zod'
import { isLoopback } from '#kernel/host'

/** A running service, as a client with a token sees it. */
export type Service = {
  /** Whether it runs on this machine. */
  readonly isLocal: boolean
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>
}
type Answer = {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** The scope that the token lacks, if the answer says so. */
  readonly scope?: string | undefined
}

export type Access = {
  /** Without a slash at its end. It may have a path, as PUBLIC_URL may. */
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
    const target = new URL(url + path)
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
    const challenge = response.headers.get('WWW-Authenticate') ?? ''
    const scope = /\binsufficient_scope\b.*\bscope="([^"]+)"/.exec(challenge)?.[1]
    return { status: response.status, body: Body.parse(text === '' ? {} : parsed(text)), scope }
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
export function expectStatus(
  what: string,
  { status, body, scope }: Answer,
  ...good: number[]
): void {
  if (good.includes(status)) return
  const code = typeof body.code === 'string' ? body.code : body.error
  const said = `${what} answered ${status}${typeof code === 'string' ? ` ${code}` : ''}`
  throw new Error(
    scope === undefined
      ? said
      : `${said}: add "${scope}" to the scopes of the client in wrangler.toml, deploy, and take a new token`,
  )
}
