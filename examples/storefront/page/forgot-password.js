import { card } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { commerce } from '../shop.js'

export const title = 'Forgot the password?'

export const parts = () => [
  card(
    'Ask for a link',
    form({ fields: [email], button: 'Mail me a link' }, async (input) => {
      await commerce.auth.requestPasswordReset(input)
      return 'If there is an account with this address, check your mail.'
    }),
  ),
]
