import { card, link, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { leave } from '../nav.js'
import { commerce } from '../shop.js'

export const title = 'Take your account back'

export const parts = () => [
  card(
    'Your old address',
    text('The account gets its old address back, and everybody is logged out.'),
    mailForm(
      {
        button: 'Undo the change',
        used: [
          'If you have undone the change already, ',
          link('/forgot-password', 'choose a new password'),
          ' with your old address. Otherwise write to the shop.',
        ],
      },
      async () => {
        await commerce.auth.undoEmailChange({ token: mailToken })
        leave()
        return 'Your address is back. Open the link in the mail to it, and choose a new password.'
      },
    ),
  ),
]
