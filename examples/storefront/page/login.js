import { alreadyIn } from '../already-in.js'
import { card, link, make, text } from '../element.js'
import { mailToken } from '../mail-link.js'
import { commerce } from '../shop.js'
import { codeForms, linkForm } from '../way/code.js'
import { hostedForm } from '../way/hosted.js'
import { passkeyForm } from '../way/passkey.js'
import { passwordForms } from '../way/password.js'

export const title = 'Log in'

export function parts() {
  if (mailToken !== null) return [card('By the link', linkForm())]
  return commerce.session === null ? [make('div', { class: 'columns' }, ...ways())] : [alreadyIn()]
}

const ways = () => [
  card(
    'With a password',
    ...passwordForms(),
    text(link('/forgot-password', 'Forgot the password?')),
  ),
  card('With a code by mail', codeForms()),
  card(
    'With a passkey',
    text('This device knows you, if you made a passkey on it.'),
    passkeyForm(),
  ),
  card('On the hosted login page', text('An app or a second site logs in this way.'), hostedForm()),
]
