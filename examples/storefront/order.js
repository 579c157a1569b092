import { ShopError } from './plain.js'
import { commerce } from './shop.js'

/**
 * Asks the shop's own server to place the order, for only a server may record one.
 *
 * @param email the address of a guest; without one it is the shopper who is logged in
 */
export async function order(email) {
  const headers = { 'Content-Type': 'application/json' }
  if (email === undefined) {
    await commerce.auth.me() // renews the token if it is too old
    headers.Authorization = `Bearer ${commerce.session.accessToken}`
  }
  const body = JSON.stringify({ email })
  const answer = await fetch('/order', { method: 'POST', headers, body }).catch(() => undefined)
  if (!answer?.ok) throw new ShopError('The order was not placed. Try again soon.')
  return (await answer.json()).orderId
}
