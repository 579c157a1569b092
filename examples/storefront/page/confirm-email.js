import { card, link, text } from '../element.js'
import { password } from '../field.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce, enter } from '../shop.js'

export const title = 'Confirm your new address'

/** Whoever is logged in needs no password. */
export const parts = () => [
  card(
    'New address',
    text('From now on you log in with this address.'),
    mailForm(
      {
        fields: commerce.session === null ? [password] : [],
        button: 'Confirm',
        says: { invalid_credentials: 'The password is wrong.' },
        used: [
          'If you have confirmed already, ',
          link('/login', 'log in'),
          ' with the new address. Otherwise log in with the old one, and change it again in ',
          link('/account', 'your account'),
          '.',
        ],
      },
      async ({ password }) =>
        enter(await commerce.auth.confirmEmail({ token: mailToken, password })),
    ),
  ),
]
