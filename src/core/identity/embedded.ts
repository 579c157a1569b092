import type { Accounts, Opener } from './accounts.ts'
import type { Issuer } from './issuer.ts'
import type { Passwords } from './password.ts'

/** Seconds that an access token of ours lives for a shopper. */
const ACCESS_SECONDS = 15 * 60

/** A credential that another provider made is none here: its owner sets a new password. */
const hashIn = (credential: string | null): string | null =>
  credential?.startsWith('$scrypt$') ? credential : null

/** Accounts that need nothing but the database: hashes beside the customer, tokens of our own. */
export function makeEmbeddedAccounts(issuer: Issuer, passwords: Passwords): Accounts {
  const open = async (): Promise<Opener> => {
    const sign = await issuer.signer()
    return {
      statements: () => ({}),
      issue: async (claims) => ({
        token: await sign(claims, ACCESS_SECONDS),
        seconds: ACCESS_SECONDS,
      }),
    }
  }
  return {
    check: async (_, { credential }, password) => ({
      isRight: await passwords.verify(password, hashIn(credential)),
      isStranger: false,
    }),
    setFirstPassword: async (_, __, password) => ({ credential: await passwords.hash(password) }),
    setPassword: async (_, __, password, hash) => ({
      credential: hash ?? (await passwords.hash(password)),
    }),
    isMadeOf: (credential, hash) => credential === hash,
    isOutdated: passwords.isOutdated,
    open,
    renew: open,
    end: async () => undefined,
    mirror: async () => undefined,
  }
}
