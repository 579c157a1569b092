import type { LimitName } from '#kernel/limit'
import { limitRefusal } from '#kernel/limit-refusal'
import { networksOf } from '#kernel/place'
import type { Runtime } from '../runtime.ts'
import { ring } from './generated/ring.ts'

/** The limits that the ring counts, each apart. */
type RingName = Extract<LimitName, 'place' | 'session' | 'client'>

/**
 * Refuses `too_many_requests` to a place that asks too often. It is only the first of two limits, for it counts roughly: as `wrangler.toml`
 * says, and twice and four times as much from the wider networks of an IPv6 address.
 * @param place an address; null: the request has no place.
 * @param of a name under which the limit counts this apart, such as a session's.
 */
export async function heedRing(
  { mayGoOn }: Pick<Runtime, 'mayGoOn'>,
  place: string | null,
  limit: RingName,
  of: readonly string[] = [],
): Promise<void> {
  if (place === null) return
  const keys = keysOf(place).map((key) => [limit, ...of, key].join(' '))
  const answers = await Promise.all(keys.map((key) => mayGoOn(key)))
  if (answers.includes(false)) throw limitRefusal(limit, ring.seconds)
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
