import type { Context } from '#core/context'
import { networksOf } from '#kernel/ip-place'
import type { HashPriority, PasswordHashQueue } from './password-hash-queue.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** The request that hashes. */
export type HashingRequest = Pick<Context, 'actor' | 'caller'> & {
  /** Lets work continue after the caller has disconnected. A waiting or running hash must leave the queue by itself. */
  readonly outlive: (work: Promise<unknown>) => void
}

type Hashing = {
  /** 16 bytes; default: random ones. */
  readonly salt?: Buffer
  /** A login that has shown a good device token. It counts with the first hash of a request. */
  readonly isKnownDevice?: boolean
}

/** The passwords of one request: each hash waits in the line. */
export type RequestPasswordHasher = Omit<PasswordHasher, 'hash'> & {
  readonly hash: (password: string, hashing?: Hashing) => Promise<string>
}

/** The order in the line: logins from known devices, then services, then others. */
export function hashPriorityOf(actor: Context['actor'], isKnownDevice: boolean): HashPriority {
  if (isKnownDevice) return 'device'
  return actor.type === 'service' ? 'service' : 'other'
}

/**
 * A request waits only for its first hash, and can be refused only then. Its later hashes go to the head of the queue.
 */
export function makeRequestPasswordHasher(
  passwords: PasswordHasher,
  line: PasswordHashQueue,
  asker: HashingRequest,
): RequestPasswordHasher {
  let hasHashed = false
  const lined = <T>(isKnownDevice: boolean, work: () => Promise<T>): Promise<T> => {
    const rank = hasHashed ? 'again' : hashPriorityOf(asker.actor, isKnownDevice)
    const place = asker.caller?.place ?? null
    // A known device shares no bound with the strangers of its place; its tries are counted apart.
    const networks = isKnownDevice || place === null ? [] : networksOf(place)
    const done = line({ rank, networks }, () => {
      hasHashed = true
      return work()
    })
    asker.outlive(done.catch(() => undefined))
    return done
  }
  return {
    hash: (password, { salt, isKnownDevice = false } = {}) =>
      lined(isKnownDevice, () => passwords.hash(password, salt)),
    verify: (password, phc) => lined(false, () => passwords.verify(password, phc)),
    isOutdated: passwords.isOutdated,
  }
}
