import type { Context as HonoContext } from 'hono'
import type { Idempotency, Keyring } from '#core/context'
import type { AccessClaims } from '#core/identity'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'

/** @property token the access token itself. */
type Bearer = {
  readonly claims: AccessClaims
  readonly isStorefront: boolean
  readonly token: string
}

/**
 * Idempotency-Key: 1 to 255 visible characters, stored as a keyed hash; its scope is the owner of the key, the method and the path. So nobody can guess a key and get another caller's answer, or learn that the key was used.
 */
export async function readIdempotency(
  c: HonoContext<Env>,
  keyring: Keyring,
  bearer: Bearer,
): Promise<Idempotency | null> {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Refusal('malformed_request', {
      detail: '`Idempotency-Key` must be 1 to 255 visible ASCII characters.',
    })
  }
  const request = `${c.req.method} ${c.req.path}`
  return {
    scope: JSON.stringify([bearer.claims.client_id, holderOf(keyring, bearer), request]),
    key: keyring.mac('idempotency-key', key),
    fingerprint: keyring.mac('fingerprint', `${request}\n${await c.req.text()}`),
  }
}

/**
 * The owner of a key within its client. Shopper: the shopper. Storefront: its token, because all visitors share the client. Service: the client, so that its next token can repeat a request.
 */
function holderOf(keyring: Keyring, { claims, isStorefront, token }: Bearer): string {
  if (claims.sid !== undefined) return claims.sub
  if (!isStorefront) return ''
  return claims.jti ?? keyring.mac('fingerprint', `token ${token}`)
}
