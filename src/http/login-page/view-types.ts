import type { Settings } from '#core/context'
import type { Language } from '#core/mail'
import type { ProviderLoginFailure } from '#core/upstream'
import type { RefusalCode } from '#kernel/error'

/** How a shop's pages look. */
type Look = Pick<Settings, 'shopName' | 'shopUrl' | 'logoUrl' | 'color' | 'allow_code_registration'>

/** What the login page shows. */
export type LoginView = {
  readonly language: Language
  readonly look: Look
  /** The name of the client that gets the login. */
  readonly client: string
  /** Where the form is sent, and where its answer leads. */
  readonly action: string
  readonly redirectUri: string
  /** The sealed state that the form sends back. */
  readonly sealed: string
  /** What stands in the field from the beginning. */
  readonly email: string
  /** Whether passwords are typed here: not where the accounts are at a provider. */
  readonly takesPasswords: boolean
  readonly providers: readonly { readonly name: string; readonly label: string }[]
  /** The origins of the providers, to which the form may lead. */
  readonly origins: readonly string[]
  /** The name of the provider whose identity is being linked. Null: the page is for a login. */
  readonly linking: string | null
  /** The address to which a code was mailed; null: the page asks for an address. */
  readonly mailedTo: string | null
  /** What a browser needs to ask for a passkey; null: the page offers none. */
  readonly passkey: object | null
  /** What went wrong with the last try. */
  readonly problem: Problem | null
}

/** A refusal, or the reason why a login at a provider failed. */
export type Problem = { readonly refusal: RefusalCode } | { readonly failure: ProviderLoginFailure }

/** What a page without a form shows: nothing can be done there. */
export type MessageView = {
  readonly language: Language
  /** Null: it is not known whose page it would be. */
  readonly look: Look | null
  /** The code of the refusal, which the page of errors explains. */
  readonly code: RefusalCode
  /** Whether the developer has a terminal that says more. */
  readonly development: boolean
  readonly message: 'untrusted' | 'lost' | { readonly refusal: RefusalCode }
}
