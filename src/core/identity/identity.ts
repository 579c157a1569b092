import type { Accounts } from './accounts.ts'
import { makeEmbeddedAccounts } from './embedded.ts'
import { type Issuer, makeIssuer } from './issuer.ts'
import { makePasswords, type Passwords, type ScryptCost } from './password.ts'
import type { KeyStore } from './signing-key.ts'
import type { Verify } from './verifier.ts'

/** How one tenant knows its people. */
export type Identity = {
  /** For registrations that nobody has proven: they wait here, whoever keeps the accounts. */
  readonly passwords: Passwords
  readonly accounts: Accounts
  /** Checks access tokens, whoever issued them. */
  readonly verify: Verify
}

/** How this deployment knows who callers are. */
export type Identities = {
  /** Makes the tokens of services and storefronts, and of the shoppers of `embedded` tenants. */
  readonly issuer: Issuer
  readonly verify: Verify
  /** The same for all tenants. */
  readonly passwords: Passwords
  readonly of: (tenant: string) => Identity
}

export type IdentityOptions = KeyStore & {
  readonly url: string
  readonly scryptCost?: ScryptCost | undefined
}

/** The provider that needs nothing but the database. */
export function makeIdentities({ scryptCost, ...store }: IdentityOptions): Identities {
  const issuer = makeIssuer(store)
  const passwords = makePasswords(scryptCost)
  const { verify } = issuer
  const embedded = { passwords, accounts: makeEmbeddedAccounts(issuer, passwords), verify }
  return { issuer, verify, passwords, of: () => embedded }
}
