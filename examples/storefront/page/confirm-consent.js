import { card, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce } from '../shop.js'

export const title = 'News by mail'

export const parts = () => [
  card(
    'May we write to you?',
    text('You can take it back in your account at any time.'),
    mailForm({ button: 'Yes, send me news' }, async () => {
      await commerce.customers.confirmConsent({ token: mailToken })
      return 'Thank you. The next news comes to you.'
    }),
  ),
]
