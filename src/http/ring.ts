import type { Context as HonoContext } from 'hono'
import { placeOf } from '#core/identity'
import { Refusal } from '#kernel/error'
import { callerAddress } from './context.ts'
import type { Env } from './env.ts'

const WAIT_SECONDS = 60

/**
 * Refuses `too_many_requests` to a place that asks too often. It is only the first of two limits, for it counts roughly: 300 a minute
 * (`wrangler.toml`).
 * @param what is counted apart from the expensive requests of that place, such as one session; default: those.
 */
export async function heedRing(c: HonoContext<Env>, what = ''): Promise<void> {
  const address = callerAddress(c)
  if (address === null) return
  const place = placeOf(address)
  if (await c.env.mayGoOn(what === '' ? place : `${what} ${place}`)) return
  throw new Refusal('too_many_requests', { retryAfter: WAIT_SECONDS })
}
