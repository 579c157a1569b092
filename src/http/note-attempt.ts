import type { Context as HonoContext } from 'hono'
import type { Context } from '#core/context'
import { markOfAccount, markOfPlace } from '#core/identity'
import type { RefusalCode } from '#kernel/error'
import { edgePlace } from './caller.ts'
import type { Env } from './env.ts'
import { reuse, suspicions } from './suspicion.ts'

/**
 * Logs a refusal that means that somebody tried, or a request that has ended a session by a spent token: who, where and when as far as it is known, with keyed hashes for the place and the
 * account. Nothing of the request itself is in it.
 */
export function noteAttempt(c: HonoContext<Env>, code: RefusalCode | null): void {
  const ctx: Context | undefined = c.get('ctx')
  const { tried = null, isReused = false } = ctx?.outcome ?? {}
  const suspicion = isReused ? reuse : code && suspicions[code]
  if (suspicion === null) return
  const { attempts, keyring } = c.env
  const { tenant = null, client = null, customerId } = c.get('shown') ?? {}
  const fields = { code, tenant: ctx?.tenant ?? tenant, route: c.get('route') ?? null }
  attempts.note({ ...suspicion, fields }, () => {
    // Where a stolen token of a service is used is what the log is for.
    const place = ctx?.caller?.place ?? edgePlace(c)
    const own = customerId === undefined ? null : markOfAccount(keyring, customerId)
    return {
      client,
      requestId: c.get('requestId'),
      place: place === null ? null : markOfPlace(keyring, place),
      account: tried ?? own,
    }
  })
}
