import { card, link, text } from '../element.js'
import { mailForm, mailToken } from '../mail-link.js'
import { same, typedTwice } from '../password.js'
import { commerce, enter } from '../shop.js'

export const title = 'Confirm your e-mail address'

/** The service takes a password that is not that of the registration for a new one, so a typo must not get that far. */
export const parts = () => [
  card(
    'Password',
    text(
      'Type the password that you chose when you registered. If you have forgotten it, type a new one. The account then starts without the name that you gave at the registration.',
    ),
    mailForm(
      {
        fields: typedTwice(),
        button: 'Confirm',
        used: [
          link('/login', 'Log in'),
          ' with your password. If your address is not confirmed yet, you can have a new mail sent there.',
        ],
      },
      async (input) =>
        enter(await commerce.auth.verifyEmail({ token: mailToken, password: same(input) })),
    ),
  ),
]
