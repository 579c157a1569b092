import { card, text } from '../element.js'
import { newPassword } from '../field.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce, enter } from '../shop.js'

export const title = 'Confirm your address'

export const parts = () => [
  card(
    'Password',
    text('Type the password that you chose when you registered, or choose a new one.'),
    mailForm({ fields: [newPassword], button: 'Confirm' }, async ({ password }) =>
      enter(await commerce.auth.verifyEmail({ token: mailToken, password })),
    ),
  ),
]
