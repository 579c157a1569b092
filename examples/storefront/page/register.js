import { alreadyIn } from '../already-in.js'
import { card, link, text } from '../element.js'
import { email, newPassword } from '../field.js'
import { form } from '../form.js'
import { showBox } from '../password.js'
import { commerce } from '../shop.js'

export const title = 'Create an account'

export const parts = () => (commerce.session === null ? [registration()] : [alreadyIn()])

const registration = () =>
  card(
    'Register',
    form(
      {
        // Whoever has just ordered as a guest need not type the address again.
        fields: [
          { ...email, value: sessionStorage.getItem('email') ?? '' },
          {
            name: 'firstName',
            label: 'First name (optional)',
            autocomplete: 'given-name',
            required: false,
          },
          newPassword,
          showBox(),
        ],
        button: 'Register',
        isOnce: true,
      },
      async (input) => {
        await commerce.auth.register(input)
        return 'Check your mail. Open its link in this browser, and type the password again: then your account is ready.'
      },
    ),
    text('Do you have an account? ', link('/login', 'Log in')),
  )
