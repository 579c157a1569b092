import { type Issuer, makeIssuer } from './issuer.ts'
import { makePasswords, type Passwords, type ScryptCost } from './password.ts'
import type { KeyStore } from './signing-key.ts'

/** Who proves who callers are: makes and checks their tokens, keeps and checks their passwords. */
export type Identity = {
  readonly issuer: Issuer
  readonly passwords: Passwords
}

export type IdentityOptions = KeyStore & {
  readonly url: string
  readonly scryptCost?: ScryptCost | undefined
}

/** The provider that needs nothing but the database. */
export const makeEmbeddedIdentity = ({ scryptCost, ...store }: IdentityOptions): Identity => ({
  issuer: makeIssuer(store),
  passwords: makePasswords(scryptCost),
})
