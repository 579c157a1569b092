import { card, text } from '../element.js'
import { form } from '../form.js'
import { same, typedTwice } from '../password.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

/** @param changed is told when the password is another one: the other devices are gone then */
export const passwordCard = (changed) =>
  card(
    'Change password',
    text('All other devices are logged out.'),
    form(
      {
        fields: typedTwice('New password'),
        button: 'Change password',
        isReset: true,
      },
      async (input) => {
        const password = same(input)
        await withProof(() => commerce.auth.changePassword({ password }))
        await changed()
        return 'The password is changed.'
      },
    ),
  )
