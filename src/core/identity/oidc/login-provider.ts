/** An upstream provider of logins, which a tenant names in its settings. */
export type LoginProvider = {
  readonly tenant: string
  /** It stands in the URL of its callback. */
  readonly name: string
  /** What the button says. */
  readonly label: string
  /** Exactly the `iss` of its tokens. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  readonly responseMode: 'query' | 'form_post'
}

/** The name of Hanzo ID among the providers. */
export const HANZO_PROVIDER = 'hanzo'
