import { CommerceError } from '@hanzo/commerce'
import { link } from './element.js'

/** What the codes of the service mean to a shopper, where the form has no words of its own. */
const sentences = {
  invalid_credentials: 'The e-mail address or the password is wrong.',
  email_unverified: 'This address is not confirmed yet. Open the link in the mail first.',
  customer_disabled: 'This account is closed. Write to the shop.',
  session_ended: () => ['You were logged out. ', link('/login', 'Log in again'), '.'],
  email_taken: 'Another account has this address.',
  address_limit_reached: 'You have as many addresses as the shop keeps. Remove one first.',
  passkey_limit_reached: 'You have as many passkeys as the shop keeps. Remove one first.',
  passkey_invalid: 'That took too long. Try once more.',
  guest_checkout_disabled: () => [
    'This shop sells to registered customers only. ',
    link('/register', 'Create an account'),
    ' first.',
  ],
  login_refused: 'You did not log in.',
  login_unknown: 'This login did not begin in this browser.',
  invalid_input: 'Check the marked fields.',
  network_error: 'The shop does not answer. Try again soon.',
  timeout: 'The shop does not answer. Try again soon.',
}

/** The browser's own errors about passkeys. */
const refusals = {
  NotAllowedError: 'No passkey was used.',
  InvalidStateError: 'This device has a passkey of this account already.',
}

/** What the shop itself refuses, in plain words, and the fields that it is about. */
export class ShopError extends Error {
  constructor(message, errors = []) {
    super(message)
    this.errors = errors
  }
}

/** The shopper has changed its mind: that is no fault. */
export class Declined extends ShopError {}

/**
 * An error in plain words: text, or a list of text and links. One that nobody expects is a mistake of this page, and is told to the browser too.
 *
 * @param says words that the form has for codes of its own
 */
export function plain(error, says = {}) {
  if (error instanceof ShopError) return error.message
  if (!(error instanceof CommerceError)) return refusals[error?.name] ?? mistake(error)
  if (error.status === 429) return `Too many tries. ${waitFor(error.retryAfter)}`
  const words = says[error.code] ?? sentences[error.code]
  return typeof words === 'function' ? words() : (words ?? `That did not work. ${error.detail}`)
}

function mistake(error) {
  reportError(error)
  return 'Something is wrong with this page.'
}

function waitFor(seconds = 60) {
  if (seconds < 120) return `Try again in ${Math.ceil(seconds)} seconds.`
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`
}
