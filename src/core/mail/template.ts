import type { MailPath } from '#core/context'
import { english } from './english.ts'
import { german } from './german.ts'

/** What a mail carries besides its words: a link to a page of the shop, by the setting of its path, the code of a login, or nothing. */
type Carried = MailPath | 'code' | null

/** All mails, with what they carry. */
export const templates = {
  verify: 'verify_email_path',
  account_exists: 'reset_password_path',
  reset: 'reset_password_path',
  invitation: 'reset_password_path',
  confirm_email: 'confirm_email_path',
  address_reserved: null,
  email_moved: 'verify_email_path',
  email_changed: 'undo_email_path',
  email_returned: null,
  password_set: null,
  password_changed: null,
  account_merged: null,
  account_parted: null,
  session_reused: null,
  passkey_added: null,
  passkey_removed: null,
  access_reset: null,
  consent: 'confirm_consent_path',
  login_code: 'code',
  linking_code: 'code',
  login_link: 'login_path',
  password_voided: null,
  login_linked: null,
  credential_linked: null,
  login_unlinked: null,
} as const satisfies Readonly<Record<string, Carried>>
export type Template = keyof typeof templates

/** A mail's words, paragraph by paragraph. */
type Words = {
  readonly subject: string
  readonly before: readonly string[]
  /** The text of the link; '' without one. */
  readonly action: string
  readonly after: readonly string[]
}

/** What words are about: the names of the shop and of a provider of logins. */
type Names = { readonly shop: string; readonly provider: string }

/** All mails in one language. */
export type Catalog = Readonly<Record<Template, (shop: string, provider: string) => Words>>

const catalogs = { en: english, de: german } as const satisfies Readonly<Record<string, Catalog>>

/** The languages of mails, and of the pages that people see. */
export type Language = keyof typeof catalogs
export const languages = Object.keys(catalogs) as [Language, ...Language[]]

export const isTemplate = (name: string): name is Template => Object.hasOwn(templates, name)

/** The language of a locale (BCP 47); undefined if it has no catalog. */
export function findLanguage(locale: string): Language | undefined {
  const primary = locale.split('-')[0]?.toLowerCase()
  return languages.find((language) => language === primary)
}

/** The language of a locale, English if it has no catalog. */
export const languageOf = (locale: string | null): Language => findLanguage(locale ?? '') ?? 'en'

export const wordsOf = (
  template: Template,
  locale: string | null,
  { shop, provider }: Names,
): Words => catalogs[languageOf(locale)][template](shop, provider)
