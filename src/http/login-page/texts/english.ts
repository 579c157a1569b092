import type { PageTexts } from './index.ts'
import { providerEnglish } from './provider.ts'

export const english: PageTexts = {
  logIn: 'Log in',
  intro: (client) => `You log in to ${client}.`,
  email: 'E-mail address',
  password: 'Password',
  cancel: 'Cancel',
  passkey: 'Log in with a passkey',
  mailCode: 'Mail me a code instead',
  mailed: (address) =>
    `If there is an account for ${address}, a mail with a six-digit code is on its way. It works for 10 minutes, on this page. If the mail has a link instead, copy the link into the field.`,
  code: 'Code',
  mailAgain: 'Send another code',
  otherWay: 'Log in another way',
  codeRefusals: {
    invalid_credentials:
      'This code is wrong or too old. Look at the newest mail, or ask for another code after half a minute.',
    too_many_attempts: 'Too many wrong codes. Wait a little, or log in another way.',
  },
  consent: (client) => `${client} may then do this for you:`,
  rights: [
    'see and change your profile and your addresses',
    'see your orders and your groups',
    'manage your account: consents, logins, e-mail address, export and deletion',
  ],
  noAccount:
    'Forgotten your password? Have a code mailed. No account yet? You can create an account in the shop:',
  toShop: (shop) => `Go to ${shop}`,
  newByCode:
    'Forgotten your password, or no account yet? Have a code mailed: it logs you in, and creates your account if you have none.',
  error: 'Error',
  errorCode: 'Code',
  refusals: {
    invalid_credentials: 'The e-mail address or the password is wrong.',
    email_unverified:
      'Your e-mail address is not confirmed yet. Open the link in the mail that we sent you, and log in again.',
    customer_disabled: 'This account is disabled. The shop can tell you more.',
    too_many_attempts: 'Too many failed attempts. Wait a little, or set a new password.',
    too_many_requests: 'Too many requests at the moment. Wait a little, and try again.',
    invalid_input: 'Enter your whole e-mail address, and your password unless you ask for a code.',
    invalid_request: 'This page was open for a long time. Log in now.',
    database_unavailable: 'The login does not work at the moment. Try again soon.',
    issuer_unavailable: 'The login does not work at the moment. Try again soon.',
  },
  otherwise: 'That did not work. Try again.',
  untrusted: {
    title: 'This link does not work',
    text: 'The page that sent you here asks for your login in a way that is not safe, so we stop here. Go back to the shop and try again from there.',
  },
  lost: {
    title: 'This page is over',
    text: 'It was open for too long or in another browser, or your browser takes no cookies. Go back to the shop and log in again from there.',
  },
  failed: 'Something went wrong',
  provider: providerEnglish,
}
