import { link, pageFault, text } from '../element.js'
import { plain } from '../plain.js'
import { commerce, enter } from '../shop.js'

export const title = 'Logging in'

/** Where the page of the service leads back to. The code in its address is spent at once. */
export async function parts() {
  const url = location.href
  history.replaceState(null, '', '/callback')
  if (!new URL(url).search) return [text(link('/login', 'Log in'))]
  try {
    enter(await commerce.auth.handleCallback(url))
    return [text('One moment.')]
  } catch (error) {
    return [pageFault(plain(error)), text(link('/login', 'Log in'))]
  }
}
