import { card, link, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { leave } from '../nav.js'
import { same, typedTwice } from '../password.js'
import { commerce } from '../shop.js'

export const title = 'Choose a password'

export const parts = () => [
  card(
    'New password',
    text('All devices are logged out, and passkeys are removed.'),
    mailForm(
      {
        fields: typedTwice(),
        button: 'Set the password',
        used: [
          'If you have set the password already, ',
          link('/login', 'log in'),
          ' with it. Otherwise ',
          link('/forgot-password', 'ask for a new link'),
          '.',
        ],
      },
      async (input) => {
        await commerce.auth.resetPassword({ token: mailToken, password: same(input) })
        leave()
        return ['The password is set. ', link('/login', 'Log in'), ' with it.']
      },
    ),
  ),
]
