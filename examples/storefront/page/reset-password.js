import { card, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { same, typedTwice } from '../password.js'
import { commerce } from '../shop.js'

export const title = 'Choose a password'

export const parts = () => [
  card(
    'New password',
    text('All devices are logged out, and passkeys are removed.'),
    mailForm({ fields: typedTwice(), button: 'Set the password' }, async (input) => {
      await commerce.auth.resetPassword({ token: mailToken, password: same(input) })
      commerce.setToken('')
      return 'The password is set. Log in with it.'
    }),
  ),
]
