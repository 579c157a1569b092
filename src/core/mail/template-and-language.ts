import type { MailPath } from '#core/context'
import { englishMails } from './english.ts'
import { germanMails } from './german.ts'

/** What a mail has besides its text: a link (the setting with the path of the shop's page), a login code, or nothing. */
type Carried = MailPath | 'code' | null

/** All mails, with what they carry. */
export const mailTemplates = {
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
export type MailTemplate = keyof typeof mailTemplates

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
export type MailCatalog = Readonly<Record<MailTemplate, (shop: string, provider: string) => Words>>

const catalogs = { en: englishMails, de: germanMails } as const satisfies Readonly<
  Record<string, MailCatalog>
>

/** The languages of mails, and of the pages that people see. */
export type Language = keyof typeof catalogs
export const languages = Object.keys(catalogs) as [Language, ...Language[]]

export const isMailTemplate = (name: string): name is MailTemplate =>
  Object.hasOwn(mailTemplates, name)

/** The language of a locale (BCP 47); undefined if it has no catalog. */
export function findLanguage(locale: string): Language | undefined {
  const primary = locale.split('-')[0]?.toLowerCase()
  return languages.find((language) => language === primary)
}

/** The language of a locale, English if it has no catalog. */
export const languageOfLocale = (locale: string | null): Language =>
  findLanguage(locale ?? '') ?? 'en'

export const mailWords = (
  template: MailTemplate,
  locale: string | null,
  { shop, provider }: Names,
): Words => catalogs[languageOfLocale(locale)][template](shop, provider)
