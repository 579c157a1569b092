import { createHmac, randomBytes } from 'node:crypto'
import type { Context } from '#core/context'

const PREFIX = 'whsec_'
const BYTES = 32

/** A new secret in the form of Standard Webhooks 1.0 (24 to 64 bytes, base64), sealed for its webhook. */
export const newSealedWebhookSecret = (ctx: Context, webhookId: string): string =>
  ctx.keyring.seal(
    'webhook-secret',
    PREFIX + randomBytes(BYTES).toString('base64'),
    sealedFor(ctx, webhookId),
  )

export const unsealWebhookSecret = (ctx: Context, webhookId: string, sealed: string): string =>
  ctx.keyring.open('webhook-secret', sealed, sealedFor(ctx, webhookId))

const sealedFor = (ctx: Context, webhookId: string): string => `${ctx.tenant} ${webhookId}`

export type Message = {
  /** The event's id. It is the same at every attempt, so that a receiver recognizes a repeat. */
  readonly id: string
  readonly body: string
}

/** The headers of one attempt (Standard Webhooks 1.0), with a signature by each secret. */
export function signedHeaders(
  { id, body }: Message,
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
