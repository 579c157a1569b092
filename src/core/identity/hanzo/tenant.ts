import type { Scope, Settings } from '#core/context'

/** A machine that gets its tokens from Hanzo ID, and its scope here. */
export type HanzoService = {
  readonly clientId: string
  /** The `sub` of its tokens, `<owner>/<application>`: the identity is issuer and subject, not a name. */
  readonly subject: string
  readonly scopes: readonly Scope[]
}

/** A tenant that uses Hanzo ID. */
export type HanzoTenant = {
  readonly tenant: string
  readonly settings: Settings
  readonly issuer: string
  /** The claim `owner` of its people. */
  readonly organization: string
  /** The application of new users; null: the provider chooses. */
  readonly application: string | null
  readonly clientId: string
  readonly clientSecret: string
  readonly services: readonly HanzoService[]
}
