import { Webhook } from 'standardwebhooks'
import { expect } from 'vitest'
import type { TestApp } from './app.ts'
import type { Received } from './receiver.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** What the reference verifier reads out of a message; it throws when the signature is wrong. It believes the real clock only. */
export function verify(secret: string, { body, headers }: Pick<Received, 'body' | 'headers'>) {
  const real = Date.now
  Date.now = () => Number(headers['webhook-timestamp']) * SECOND
  try {
    return new Webhook(secret).verify(body, headers) as { id: string; type: string }
  } finally {
    Date.now = real
  }
}

export async function subscribe({ call }: TestApp, url: string, events = ['customer.*']) {
  const { body } = await call('POST', '/webhook', { body: { url, events } })
  expect(body.secret).toMatch(/^whsec_/)
  return body as { readonly id: string; readonly secret: string }
}

export async function register({ call }: TestApp): Promise<string> {
  const { body } = await call('POST', '/customer', {
    body: { email: `${crypto.randomUUID()}@example.com` },
  })
  return body.id
}

type Shown = {
  readonly id: string
  readonly eventId: string
  readonly status: string
  readonly attempts: number
  readonly nextAttemptAt: string | null
  readonly error: string | null
  readonly response: { readonly status: number; readonly body: string | null } | null
}

export async function deliveriesOf({ call }: TestApp, webhook: string): Promise<Shown[]> {
  return (await call('GET', `/webhook/${webhook}/delivery?limit=100`)).body.data
}
