import { link, pageFault, text } from '../element.js'
import { plain } from '../plain.js'
import { commerce, enter } from '../shop.js'

export const title = 'Logging in'

/** Where the page of the service leads back to. The code in its address is spent at once, and the browser keeps no way back here. */
export async function parts() {
  const url = location.href
  history.replaceState(null, '', '/callback')
  if (!new URL(url).search) return commerce.session === null ? [toLogin()] : forward()
  try {
    enter(await commerce.auth.handleCallback(url), { isReplaced: true })
    return [text('One moment…')]
  } catch (error) {
    return [pageFault(plain(error)), toLogin()]
  }
}

const toLogin = () => text(link('/login', 'Log in'))

function forward() {
  location.replace('/account')
  return [text('One moment…')]
}
