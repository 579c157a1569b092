import { card, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce } from '../shop.js'

export const title = 'Take your account back'

export const parts = () => [
  card(
    'Your old address',
    text('The account gets its old address back, and everybody is logged out.'),
    mailForm({ button: 'Undo the change' }, async () => {
      await commerce.auth.undoEmailChange({ token: mailToken })
      commerce.setToken('')
      return 'Your address is back. A mail has the link to choose a new password.'
    }),
  ),
]
