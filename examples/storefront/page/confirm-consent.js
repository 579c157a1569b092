import { card, link, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { commerce } from '../shop.js'

export const title = 'Newsletter'

export const parts = () => [
  card(
    'Do you want our newsletter?',
    text('You can unsubscribe in your account at any time.'),
    mailForm(
      {
        button: 'Subscribe',
        used: [
          'If you have not confirmed yet, subscribe again in ',
          link('/account', 'your account'),
          '.',
        ],
      },
      async () => {
        await commerce.customers.confirmConsent({ token: mailToken })
        return ['Thank you. You receive our newsletter from now on. ', link('/', 'Go to the shop')]
      },
    ),
  ),
]
