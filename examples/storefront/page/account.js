import { addresses } from '../account/address.js'
import { arrivals } from '../account/arrival.js'
import { emailCard } from '../account/email.js'
import { newsletter } from '../account/newsletter.js'
import { orders } from '../account/order.js'
import { passkeys } from '../account/passkey.js'
import { link, make, text } from '../element.js'
import { commerce } from '../shop.js'

export const title = 'Your account'

export async function parts() {
  if (commerce.session === null) return [text('You are not logged in. ', link('/login', 'Log in'))]
  const me = await commerce.auth.me()
  const groups = me.groups.length === 0 ? '' : ` Your groups: ${me.groups.join(', ')}.`
  const [own, places, keys] = await Promise.all([orders(), addresses(), passkeys()])
  own.append(arrivals({ orders: own, addresses: places }))
  return [
    text(
      me.firstName ? `You are ${me.firstName}, ` : 'You are logged in as ',
      make('strong', {}, me.email),
      `.${groups}`,
    ),
    // What arrives in one column moves nothing in the other one.
    make(
      'div',
      { class: 'columns' },
      make('div', {}, own, places),
      make('div', {}, keys, emailCard(), newsletter(me)),
    ),
  ]
}
