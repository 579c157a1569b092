import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { accountKeyedHash, placeHash } from '#core/identity'
import type { Refusal } from '#kernel/error'
import { edgePlace } from './caller-and-edge-place.ts'
import type { Env } from './env.ts'
import { suspicionByRefusalSign, suspicions } from './suspicion.ts'

/**
 * Logs a suspicious refusal, or a request that ended a session with a spent token: who, where and when as far as it is known, with keyed hashes for the place and the
 * account. Nothing of the request itself is in it.
 */
export function logSuspiciousRefusal(c: HonoContext<Env>, refusal: Refusal | null): void {
  const ctx: Context | undefined = c.get('ctx')
  const { tried = null, endedOf = null, isReused = false } = ctx?.outcome ?? {}
  const { code = null, details } = refusal ?? {}
  const sign = isReused ? 'spent_token' : details?.sign
  const suspicion = sign === undefined ? code && suspicions[code] : suspicionByRefusalSign[sign]
  if (suspicion === null) return
  const { attempts, keyring } = c.env
  const { tenant = null, client = null, customerId } = c.get('shown') ?? {}
  const fields = { code, tenant: ctx?.tenant ?? tenant, route: c.get('route') ?? null }
  // Where a stolen token of a service is used is what the log is for.
  const place = ctx?.caller?.place ?? edgePlace(c)
  const own = customerId === undefined ? null : accountKeyedHash(keyring, customerId)
  const who = {
    place: place === null ? null : placeHash(keyring, place),
    account: tried ?? own,
  }
  const more = { client: client ?? endedOf, requestId: c.get('requestId') }
  attempts.note({ ...suspicion, fields }, who, more)
}
