import { networksOf } from '#kernel/ip-place'
import type { LimitName } from '#kernel/limit-name'
import { limitRefusal } from '#kernel/limit-refusal'
import type { Runtime } from '../runtime.ts'
import { edgeLimit } from './generated/edge-limit.ts'

/** The limits that the edge counts, each apart. */
type EdgeLimitName = Extract<LimitName, 'place' | 'session' | 'client'>

/**
 * Refuses `too_many_requests` to a place that asks too often, by the platform's rate limit. `wrangler.toml` sets its number; the wider
 * networks of an IPv6 address may ask twice and four times as often. It counts roughly, so a second limit, in Postgres, counts exactly.
 * @param place an address; null: the request has no place.
 * @param of names that make a separate counter, such as the id of a session.
 */
export async function heedEdgeLimit(
  { mayGoOn }: Pick<Runtime, 'mayGoOn'>,
  place: string | null,
  limit: EdgeLimitName,
  of: readonly string[] = [],
): Promise<void> {
  if (place === null) return
  const keys = keysOf(place).map((key) => [limit, ...of, key].join(' '))
  const answers = await Promise.all(keys.map((key) => mayGoOn(key)))
  if (answers.includes(false)) throw limitRefusal(limit, edgeLimit.seconds)
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
