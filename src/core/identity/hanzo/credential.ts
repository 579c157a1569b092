import { createHash, randomBytes } from 'node:crypto'
import type { Keyring } from '#core/context'

/** The value that is stored in place of a password's hash when Hanzo ID has the password. */
export type HanzoCredential = {
  /** Issuer and subject. */
  readonly identity: string
  /** The user's name at the provider; it proves nothing. */
  readonly name: string
}

const PREFIX = '$hanzo$'

/**
 * A new version for each password, so that a check notices a changed password. For a registration, the version is a hash of the stored password hash, so that the account can be matched with the registration.
 */
const versionOf = (hash: string | undefined): string =>
  hash === undefined
    ? randomBytes(12).toString('hex')
    : createHash('sha256').update(hash).digest('hex')

export const hanzoCredentialText = ({ identity, name }: HanzoCredential, hash?: string): string =>
  `${PREFIX}${identity}$${encodeURIComponent(name)}$${versionOf(hash)}`

/** Null for a credential of another provider. */
export function readHanzoCredential(text: string | null): HanzoCredential | null {
  if (!text?.startsWith(PREFIX)) return null
  const [identity = '', name = ''] = text.slice(PREFIX.length).split('$')
  return { identity, name: decodeURIComponent(name) }
}

export const isCredentialMadeFromHash = (credential: string | null, hash: string | null): boolean =>
  credential === hash || (hash !== null && credential?.split('$')[4] === versionOf(hash))

const SECRET_CHARACTERS = 16

/**
 * The name of the user that is made for a customer. It is legal in every generation. Only this service can compute one part of the name. So nobody else can have made a user with it.
 */
export function hanzoUserName(keyring: Keyring, tenant: string, customerId: string): string {
  const mac = Buffer.from(keyring.mac('provider-user', `${tenant} ${customerId}`), 'base64url')
  return `${customerId}-${mac.toString('hex').slice(0, SECRET_CHARACTERS)}`
}
