import type { Accounts, Opener } from './accounts.ts'
import type { Issuer } from './issuer.ts'
import type { Passwords } from './password.ts'

/** The lifetime of a shopper's access token. */
const ACCESS_SECONDS = 15 * 60

/** A credential of another provider does not count here: its owner sets a new password. */
const hashIn = (credential: string | null): string | null =>
  credential?.startsWith('$scrypt$') ? credential : null

/** Accounts that need only the database: hashes in the customer's row, tokens of the embedded issuer. */
export function makeEmbeddedAccounts(
  issuer: Issuer,
  isOutdated: Passwords['isOutdated'],
): Accounts {
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
    takesPasswords: true,
    check: async ({ identity }, { credential }, password) => ({
      isRight: await identity.passwords.verify(password, hashIn(credential)),
      isStranger: false,
    }),
    setFirstPassword: async ({ identity }, _, password) => ({
      credential: await identity.passwords.hash(password),
    }),
    setPassword: async ({ identity }, _, password, hash) => ({
      credential: hash ?? (await identity.passwords.hash(password)),
    }),
    isMadeOf: (credential, hash) => credential === hash,
    isOutdated,
    open,
    renew: open,
    end: async () => undefined,
    mirror: async () => undefined,
  }
}
