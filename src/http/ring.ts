import { Refusal } from '#kernel/error'
import { networksOf } from '#kernel/place'
import type { Runtime } from '../runtime.ts'

const WAIT_SECONDS = 60

/**
 * Refuses `too_many_requests` to a place that asks too often. It is only the first of two limits, for it counts roughly: 300 a minute
 * (`wrangler.toml`), and twice and four times as much from the wider networks of an IPv6 address.
 * @param place an address; null: the request has no place.
 * @param what is counted apart from the expensive requests of that place, such as one session; default: those.
 */
export async function heedRing(
  { mayGoOn }: Pick<Runtime, 'mayGoOn'>,
  place: string | null,
  what = '',
): Promise<void> {
  if (place === null) return
  const answers = await Promise.all(keysOf(place).map((key) => mayGoOn(`${what} ${key}`.trim())))
  if (answers.includes(false)) throw new Refusal('too_many_requests', { retryAfter: WAIT_SECONDS })
}

/** The platform has one number for all keys, so a wider network has as many keys as it may have times that number. */
const keysOf = (address: string): readonly string[] => {
  const [near = { network: address, size: 1 }, ...wider] = networksOf(address)
  const shard = [...near.network].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
  return [
    near.network,
    ...wider.map(({ network, size }) => `${network} ${Math.abs(shard | 0) % size}`),
  ]
}
