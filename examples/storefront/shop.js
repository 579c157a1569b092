import { Commerce } from '@hanzo/commerce'
import { settings } from './settings.js'

/** One client for the whole page. The login outlives the page, in every tab. */
export const commerce = new Commerce({
  baseUrl: settings.service,
  clientId: settings.clientId,
  clientSecret: settings.clientSecret,
  storage: () => localStorage,
})

/** Who is logged in, as far as the page must know: null for nobody. */
export const who = () => commerce.session && (commerce.session.userId ?? '')

export const go = (path) => location.assign(path)

/** Takes a login over and leads to the account, which what the shopper did as a guest will reach soon. @param isReplaced whether the browser keeps no way back to this page */
export function enter(session, { isReplaced = false } = {}) {
  commerce.setToken(session)
  sessionStorage.setItem('entered', String(Date.now()))
  if (isReplaced) location.replace('/account')
  else go('/account')
}
