import type { Settings } from '#core/context'
import type { Language } from '#core/mail'
import type { LoginFailure } from '#core/upstream'
import type { RefusalCode } from '#kernel/error'

/** How a shop's pages look. */
type Look = Pick<Settings, 'shopName' | 'logoUrl' | 'color' | 'allow_code_registration'>

/** What the login page shows. */
export type LoginView = {
  readonly language: Language
  readonly look: Look
  /** Who gets the login. */
  readonly client: string
  /** Where the form is sent, and where its answer leads. */
  readonly action: string
  readonly redirectUri: string
  /** What the page carries through the browser. */
  readonly sealed: string
  /** What stands in the field from the beginning. */
  readonly email: string
  /** Whether passwords are typed here: not where the accounts are at a provider. */
  readonly takesPasswords: boolean
  readonly providers: readonly { readonly name: string; readonly label: string }[]
  /** The origins of the providers, to which the form may lead. */
  readonly origins: readonly string[]
  /** What a provider is called whose identity waits for the proof of an address; null: the page is for a login. */
  readonly linking: string | null
  /** The address to which a code was mailed; null: the page asks for an address. */
  readonly mailedTo: string | null
  /** What a browser needs to ask for a passkey; null: the page offers none. */
  readonly passkey: object | null
  /** What went wrong with the last try. */
  readonly problem: Problem | null
}

/** A refusal, or why a login at a provider brought nobody. */
export type Problem = { readonly refusal: RefusalCode } | { readonly failure: LoginFailure }

/** What a page without a form shows: nothing can be done there. */
export type MessageView = {
  readonly language: Language
  /** Null: it is not known whose page it would be. */
  readonly look: Look | null
  readonly message: 'untrusted' | 'lost' | { readonly refusal: RefusalCode }
}
