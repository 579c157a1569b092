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
      'Type the password that you chose when you registered. If you have forgotten it, choose a new one: then a name that you typed at the registration is dropped.',
    ),
    mailForm(
      {
        fields: typedTwice(),
        button: 'Confirm',
        used: [
          'If you have confirmed already, ',
          link('/login', 'log in'),
          '. Otherwise ',
          link('/login', 'log in with your password'),
          ' and ask for the mail again.',
        ],
      },
      async (input) =>
        enter(await commerce.auth.verifyEmail({ token: mailToken, password: same(input) })),
    ),
  ),
]
