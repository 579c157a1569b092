import { email, password } from '../field.js'
import { form } from '../form.js'
import { commerce, enter } from '../shop.js'

/** The login, and a button that appears when the address is not confirmed yet. */
export function passwordForms() {
  let typed
  const again = form({ button: 'Send the mail again', isPlain: true }, async () => {
    await commerce.auth.resendVerification(typed)
    return 'Check your mail.'
  })
  again.hidden = true
  const login = form(
    {
      fields: [{ ...email, value: sessionStorage.getItem('email') ?? '' }, password],
      button: 'Log in',
    },
    async (input) => {
      typed = input
      again.hidden = true
      try {
        enter(await commerce.auth.login(input))
      } catch (error) {
        again.hidden = error.code !== 'email_unverified'
        throw error
      }
    },
  )
  return [login, again]
}
