import { commitWithoutKey, isDatabaseUnavailable, type Keyring, newOutcome } from '#core/context'
import type { Database } from '#db/database'
import { placeOfAddress } from '#kernel/ip-place'
import { limitRefusal } from '#kernel/limit-refusal'
import type { Client } from './client.ts'
import { failureCountersOfClientSecret } from './failure-counter.ts'
import * as query from './generated/query.ts'

type GuardOptions = {
  readonly db: Database
  readonly keyring: Keyring
  readonly now: () => Date
}

export type ClientSecretGuard = {
  /** Refuses `too_many_requests`, even for a right secret, if too many wrong secrets of the client came from this place within a minute. */
  readonly refuseBlocked: (clientIds: readonly string[], address: string | null) => void
  /** Counts a wrong secret. Refuses `too_many_requests` from the twenty-first of a minute on; a wider network of IPv6 may show more. */
  readonly count: (client: Client, address: string | null) => Promise<void>
}

const REMEMBERED = 1000

/**
 * Slows down tries of client secrets. They are counted by client and place: a count of the client alone would let a stranger shut out the
 * shop. Only wrong ones ask the database; what it answered is remembered in this isolate.
 */
export function makeClientSecretGuard({ db, keyring, now }: GuardOptions): ClientSecretGuard {
  const blocked = new Map<string, number>()
  const keyOf = (id: string, place: string) => keyring.mac('address', `client ${id} ${place}`)
  return {
    refuseBlocked(ids, address) {
      if (address === null || blocked.size === 0) return
      const place = placeOfAddress(address)
      const ms = now().getTime()
      for (const id of new Set(ids)) {
        const left = (blocked.get(keyOf(id, place)) ?? 0) - ms
        if (left > 0) throw limitRefusal('secrets', Math.ceil(left / 1000))
      }
    },
    async count({ id, tenant }, address) {
      const at = now()
      const counts = failureCountersOfClientSecret(keyring, id, address)
      const seconds = await countIn(db, { ...nobody, tenant, counts, now: at.toISOString() })
      if (seconds === 0 || address === null) return
      const key = keyOf(id, placeOfAddress(address))
      if (blocked.size >= REMEMBERED) blocked.clear()
      blocked.set(key, at.getTime() + seconds * 1000)
      throw limitRefusal('secrets', seconds)
    },
  }
}

/** A secret is of no account and of no device. */
const nobody = {
  countsOfDevice: [],
  device: null,
  epoch: 0,
  opened: null,
  customerId: null,
  emailKey: null,
}

/** If the database is away, the secret is not counted, and the answer does not change. */
async function countIn(
  db: Database,
  values: Parameters<typeof query.reserveTry>[0],
): Promise<number> {
  try {
    const runner = { db, outcome: newOutcome() }
    const { counted } = await commitWithoutKey(runner, { counted: query.reserveTry(values) })
    return counted[0]?.seconds ?? 0
  } catch (error) {
    if (isDatabaseUnavailable(error)) return 0
    throw error
  }
}
