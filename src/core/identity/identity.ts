import { decodeJwt } from 'jose'
import { Refusal } from '#kernel/error'
import type { Accounts } from './accounts.ts'
import { makeEmbeddedAccounts } from './embedded.ts'
import { type Hanzo, type HanzoOptions, makeHanzo } from './hanzo/index.ts'
import { type Issuer, makeIssuer } from './issuer.ts'
import { makePasswords, type Passwords, type ScryptCost } from './password.ts'
import type { KeyStore } from './signing-key.ts'
import type { Verify } from './verifier.ts'

/** How one tenant knows its people. */
export type Identity = {
  /** For registrations that nobody has proven: they wait here, wherever the accounts are. */
  readonly passwords: Passwords
  readonly accounts: Accounts
  /** Checks access tokens, of every issuer. */
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
  readonly grantService: Hanzo['grantService']
}

type IdentityOptions = KeyStore & {
  readonly url: string
  readonly scryptCost?: ScryptCost | undefined
} & Partial<Pick<HanzoOptions, 'tenants' | 'fetch'>>

/** Where each tenant's people are: this service itself, or Hanzo ID. */
export function makeIdentities({
  scryptCost,
  tenants = [],
  fetch = globalThis.fetch,
  ...store
}: IdentityOptions): Identities {
  const issuer = makeIssuer(store)
  const passwords = makePasswords(scryptCost)
  const hanzo = makeHanzo({ tenants, fetch, db: store.db, now: store.now })
  const verify: Verify = async (token) => {
    // Where all people are kept here there is nobody else to ask, and no token to take apart twice.
    const elsewhere = hanzo.verifiers.size > 0 ? hanzo.verifiers.get(issuerOf(token)) : undefined
    if (elsewhere !== undefined) return elsewhere(token)
    const claims = await issuer.verify(token)
    if (claims.sid !== undefined && hanzo.accounts.has(claims.tenant)) {
      throw new Refusal('invalid_token')
    }
    return claims
  }
  const embedded = makeEmbeddedAccounts(issuer, passwords)
  return {
    issuer,
    verify,
    passwords,
    grantService: hanzo.grantService,
    of: (tenant) => ({ passwords, verify, accounts: hanzo.accounts.get(tenant) ?? embedded }),
  }
}

/** Says only whose keys to look at; they decide. */
function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    return ''
  }
}
