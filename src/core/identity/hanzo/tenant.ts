import type { Scope, Settings } from '#core/context'

/** A machine that Hanzo ID gives tokens to, and what it may do here. */
export type HanzoService = {
  readonly clientId: string
  /** The `sub` of its tokens, `<owner>/<application>`: the identity is issuer and subject, not a name. */
  readonly subject: string
  readonly scopes: readonly Scope[]
}

/** A tenant whose people Hanzo ID keeps. */
export type HanzoTenant = {
  readonly tenant: string
  readonly settings: Settings
  readonly issuer: string
  /** The claim `owner` of its people. */
  readonly organization: string
  /** Where new users are said to come from; null when the provider is to choose. */
  readonly application: string | null
  readonly clientId: string
  readonly clientSecret: string
  readonly services: readonly HanzoService[]
}
