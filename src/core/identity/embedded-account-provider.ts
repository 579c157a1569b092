import type { AccountProvider, SessionOpener } from './account-provider.ts'
import type { EmbeddedIssuer } from './embedded-issuer.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** The lifetime of a shopper's access token. */
const ACCESS_SECONDS = 15 * 60

/** A credential of another provider does not count here: its owner sets a new password. */
const hashIn = (credential: string | null): string | null =>
  credential?.startsWith('$scrypt$') ? credential : null

/** Accounts that need only the database: hashes in the customer's row, tokens of the embedded issuer. */
export function makeEmbeddedAccountProvider(
  issuer: EmbeddedIssuer,
  isOutdated: PasswordHasher['isOutdated'],
): AccountProvider {
  const open = async (): Promise<SessionOpener> => {
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
