import { form } from '../form.js'
import { commerce, go } from '../shop.js'

/** Leads to the login page of the service, which leads back to `/callback`. */
export const hostedForm = () =>
  form({ button: 'Go to the login page', isPlain: true }, async () => {
    go(await commerce.auth.authorizeUrl({ redirectUri: `${location.origin}/callback` }))
  })
