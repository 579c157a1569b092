import { card, text } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

export const emailCard = (me) =>
  card(
    'Change e-mail address',
    text(
      'We mail a link to the new address. Open it to confirm the change. Your present address gets a link too, with which you can undo the change.',
    ),
    form(
      {
        fields: [{ ...email, label: 'New e-mail address', autocomplete: 'email' }],
        button: 'Change e-mail address',
        isReset: true,
      },
      async ({ email }) => {
        // The service sends no mail then, and answers as for every other address.
        if (isSame(email, me.email)) return 'That is your address already.'
        await withProof(() => commerce.auth.changeEmail({ email }))
        return 'Check the mail of the new address.'
      },
    ),
  )

/** Case does not matter. */
const isSame = (one, other) => one.trim().toLowerCase() === other.toLowerCase()
