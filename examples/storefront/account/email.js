import { card, text } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

export const emailCard = () =>
  card(
    'Change e-mail address',
    text(
      'The link of a mail to the new address confirms it. The old one gets a link to undo that.',
    ),
    form(
      {
        fields: [{ ...email, label: 'New e-mail address', autocomplete: 'email' }],
        button: 'Change e-mail address',
      },
      ({ email }) =>
        withProof(async () => {
          await commerce.auth.changeEmail({ email })
          return 'Check the mail of the new address.'
        }),
    ),
  )
