import { createHash, randomBytes } from 'node:crypto'
import type { Keyring } from '#core/context'

/** What stands in the place of a password's hash when Hanzo ID has the password. */
export type Credential = {
  /** Issuer and subject. */
  readonly identity: string
  /** The user's name at the provider; it proves nothing. */
  readonly name: string
}

const PREFIX = '$hanzo$'

/**
 * A version makes every password another credential: a check of the one before notices. Of a registration it is made of its
 * stored hash, so that the account is known to be the registration's.
 */
const versionOf = (hash: string | undefined): string =>
  hash === undefined
    ? randomBytes(12).toString('hex')
    : createHash('sha256').update(hash).digest('hex')

export const writeCredential = ({ identity, name }: Credential, hash?: string): string =>
  `${PREFIX}${identity}$${encodeURIComponent(name)}$${versionOf(hash)}`

/** Null for what another provider made. */
export function readCredential(text: string | null): Credential | null {
  if (!text?.startsWith(PREFIX)) return null
  const [identity = '', name = ''] = text.slice(PREFIX.length).split('$')
  return { identity, name: decodeURIComponent(name) }
}

export const isMadeOf = (credential: string | null, hash: string | null): boolean =>
  credential === hash || (hash !== null && credential?.split('$')[4] === versionOf(hash))

const SECRET_CHARACTERS = 16

/**
 * The name of the user that is made for a customer: legal in every generation, and with a part that only we can make, so that a
 * user of this name is never one that somebody else has put there.
 */
export function userNameOf(keyring: Keyring, tenant: string, customerId: string): string {
  const mac = Buffer.from(keyring.mac('provider-user', `${tenant} ${customerId}`), 'base64url')
  return `${customerId}-${mac.toString('hex').slice(0, SECRET_CHARACTERS)}`
}
