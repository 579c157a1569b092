import type { Context as HonoContext } from 'hono'
import type { Idempotency, Keyring } from '#core/context'
import type { AccessClaims } from '#core/identity'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

/** Idempotency-Key: 1 to 255 visible characters; its scope is the caller, the method and the concrete path. */
export async function readIdempotency(
  c: HonoContext<Env>,
  keyring: Keyring,
  { client_id, sub, sid }: AccessClaims,
): Promise<Idempotency | null> {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new Refusal('malformed_request')
  const request = `${c.req.method} ${c.req.path}`
  return {
    scope: `${client_id} ${sid === undefined ? '' : sub} ${request}`,
    key,
    fingerprint: keyring.mac('fingerprint', `${request}\n${await c.req.text()}`),
  }
}
