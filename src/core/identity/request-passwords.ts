import type { Context } from '#core/context'
import { networksOf } from '#kernel/place'
import type { HashLine, Rank } from './hash-line.ts'
import type { Passwords } from './password.ts'

/** The request that hashes. */
export type Asker = Pick<Context, 'actor' | 'caller'> & {
  /** Lets work go on when the caller has gone: a hash that waits or is at work must leave the line by itself. */
  readonly outlive: (work: Promise<unknown>) => void
}

type Hashing = {
  /** 16 bytes; default: random ones. */
  readonly salt?: Buffer
  /** A login that has shown a good device token. It counts with the first hash of a request. */
  readonly isKnownDevice?: boolean
}

/** The passwords of one request: each hash waits in the line. */
export type RequestPasswords = Omit<Passwords, 'hash'> & {
  readonly hash: (password: string, hashing?: Hashing) => Promise<string>
}

/** The order in the line: logins from known devices, then services, then others. */
export function priorityOf(actor: Context['actor'], isKnownDevice: boolean): Rank {
  if (isKnownDevice) return 'device'
  return actor.type === 'service' ? 'service' : 'other'
}

/**
 * A request waits once, for its first hash, and is only refused there: what comes after the first hash goes to the head of the line.
 */
export function makeRequestPasswords(
  passwords: Passwords,
  line: HashLine,
  asker: Asker,
): RequestPasswords {
  let hasHashed = false
  const lined = <T>(isKnownDevice: boolean, work: () => Promise<T>): Promise<T> => {
    const rank = hasHashed ? 'again' : priorityOf(asker.actor, isKnownDevice)
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
