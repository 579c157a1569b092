import type { ProviderLoginFailure } from '#core/upstream'
import type { RefusalCode } from '#kernel/error'

/** What the page says of logins at other providers, in one language. */
export type ProviderTexts = {
  readonly continueWith: (label: string) => string
  /** The title of the proof that links an identity, and what it is for. */
  readonly prove: (label: string) => string
  readonly why: (label: string) => string
  readonly sendCode: string
  readonly sent: (address: string) => string
  readonly code: string
  readonly connect: string
  readonly sendAgain: string
  /** What went wrong with a login there. */
  readonly failures: Readonly<Record<ProviderLoginFailure, string>>
  /** What went wrong with the proof, by the code of the refusal, where the text differs from that of a login. */
  readonly refusals: Readonly<Partial<Record<RefusalCode, string>>>
}

export const providerEnglish: ProviderTexts = {
  continueWith: (label) => `Continue with ${label}`,
  prove: (label) => `Prove your e-mail address to connect ${label}`,
  why: (label) =>
    `Your login at ${label} belongs to no account here yet. We mail a code to your address; with it, the login is connected to your account, or to a new one.`,
  sendCode: 'Send a code',
  sent: (address) => `We mail a code to ${address}. It is good for 10 minutes, on this page.`,
  code: 'Code from the mail',
  connect: 'Connect and log in',
  sendAgain: 'Send another code',
  failures: {
    cancelled: 'You did not log in there. You can try again.',
    refused: 'The login there was refused. The shop can tell you more.',
    expired: 'That took too long, or was used before. Log in once more.',
    untrusted: 'The answer to your login could not be trusted, so we stopped. Log in once more.',
    issuer_unavailable: 'The login there does not work at the moment. Try again soon.',
  },
  refusals: {
    invalid_credentials:
      'This code is wrong or too old. Look at the newest mail, or ask for another code after half a minute.',
    invalid_input: 'Enter your whole e-mail address, or the code of the mail.',
    too_many_attempts: 'Too many wrong codes. Wait a little.',
    identity_taken: 'This login is connected to another account already.',
  },
}

export const providerGerman: ProviderTexts = {
  continueWith: (label) => `Weiter mit ${label}`,
  prove: (label) => `Bestätigen Sie Ihre E-Mail-Adresse, um ${label} zu verbinden`,
  why: (label) =>
    `Ihre Anmeldung bei ${label} gehört hier noch zu keinem Konto. Wir schicken einen Code an Ihre Adresse; damit wird die Anmeldung mit Ihrem Konto verbunden, oder mit einem neuen.`,
  sendCode: 'Code schicken',
  sent: (address) => `Wir schicken einen Code an ${address}. Er gilt 10 Minuten, auf dieser Seite.`,
  code: 'Code aus der Mail',
  connect: 'Verbinden und anmelden',
  sendAgain: 'Noch einen Code schicken',
  failures: {
    cancelled: 'Sie haben sich dort nicht angemeldet. Sie können es noch einmal versuchen.',
    refused: 'Die Anmeldung dort wurde abgelehnt. Der Shop kann Ihnen mehr dazu sagen.',
    expired: 'Das hat zu lange gedauert oder wurde schon benutzt. Melden Sie sich noch einmal an.',
    untrusted:
      'Der Antwort auf Ihre Anmeldung war nicht zu trauen. Melden Sie sich noch einmal an.',
    issuer_unavailable: 'Die Anmeldung dort geht gerade nicht. Versuchen Sie es bald noch einmal.',
  },
  refusals: {
    invalid_credentials:
      'Dieser Code ist falsch oder zu alt. Sehen Sie in die neueste Mail, oder fordern Sie nach einer halben Minute einen neuen an.',
    invalid_input: 'Geben Sie Ihre ganze E-Mail-Adresse ein, oder den Code aus der Mail.',
    too_many_attempts: 'Zu viele falsche Codes. Warten Sie ein wenig.',
    identity_taken: 'Diese Anmeldung ist schon mit einem anderen Konto verbunden.',
  },
}
