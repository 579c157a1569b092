import { addresses } from '../account/address.js'
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
  const cards = [orders(), addresses(), passkeys(), emailCard(), newsletter(me)]
  return [
    text(`You are ${me.firstName ?? 'logged in'}, `, make('strong', {}, me.email), `.${groups}`),
    make('div', { class: 'columns' }, ...(await Promise.all(cards))),
  ]
}
