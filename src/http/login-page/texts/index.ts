import type { Language } from '#core/mail'
import type { RefusalCode } from '#kernel/error'
import { english } from './english.ts'
import { germanPageTexts } from './german.ts'
import type { ProviderTexts } from './provider.ts'

/** What the page says in one language. */
export type PageTexts = {
  readonly logIn: string
  /** Above the form: whose login it is, and who gets it. */
  readonly intro: (client: string) => string
  readonly email: string
  readonly password: string
  readonly cancel: string
  /** The way by a code of a mail: its buttons, its field, and what it says. */
  readonly passkey: string
  readonly mailCode: string
  readonly mailed: (address: string) => string
  readonly code: string
  readonly mailAgain: string
  readonly otherWay: string
  /** What went wrong with a code; otherwise as in `refusals`. */
  readonly codeRefusals: Readonly<Partial<Record<RefusalCode, string>>>
  /** What the client may do afterwards, in a few groups. */
  readonly consent: (client: string) => string
  readonly rights: readonly string[]
  /** Followed by the link to the shop. */
  readonly noAccount: string
  readonly toShop: (shop: string) => string
  /** The same, where a code makes an account. */
  readonly newByCode: string
  /** Stands before the title of an error page, for users of a screen reader. */
  readonly error: string
  /** Stands before the code of a refusal. */
  readonly errorCode: string
  /** What went wrong with a login, by the code of the refusal. */
  readonly refusals: Readonly<Partial<Record<RefusalCode, string>>>
  readonly otherwise: string
  /** A request that leads nowhere safe. */
  readonly untrusted: { readonly title: string; readonly text: string }
  /** A form that belongs to no open page of this browser. */
  readonly lost: { readonly title: string; readonly text: string }
  readonly failed: string
  readonly provider: ProviderTexts
}

/** The same languages as the mails have: another one does not compile. */
export const pageTexts: Readonly<Record<Language, PageTexts>> = { en: english, de: germanPageTexts }
