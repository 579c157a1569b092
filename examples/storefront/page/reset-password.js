import { card, text } from '../element.js'
import { newPassword } from '../field.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce } from '../shop.js'

export const title = 'Choose a password'

export const parts = () => [
  card(
    'New password',
    text('All devices are logged out, and passkeys are removed.'),
    mailForm(
      { fields: [{ ...newPassword, label: 'New password' }], button: 'Set the password' },
      async ({ password }) => {
        await commerce.auth.resetPassword({ token: mailToken, password })
        commerce.setToken('')
        return 'The password is set. Log in with it.'
      },
    ),
  ),
]
