import { form } from '../form.js'
import { commerce, enter } from '../shop.js'

/** One button and no field: the browser offers the passkeys that it has for the shop. */
export const passkeyForm = () =>
  form(
    {
      button: 'Log in with a passkey',
      says: { invalid_credentials: 'The shop does not know this passkey. Log in another way.' },
    },
    async () => enter(await commerce.auth.passkey.login()),
  )
