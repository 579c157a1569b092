import { addresses } from '../account/address.js'
import { arrivals } from '../account/arrival.js'
import { emailCard } from '../account/email.js'
import { identities } from '../account/identity.js'
import { nameCard } from '../account/name.js'
import { newsletter } from '../account/newsletter.js'
import { orders } from '../account/order.js'
import { passkeys } from '../account/passkey.js'
import { passwordCard } from '../account/password.js'
import { sessions } from '../account/session.js'
import { link, make, text } from '../element.js'
import { commerce } from '../shop.js'

export const title = 'Your account'

export async function parts() {
  if (commerce.session === null) return [text('You are not logged in. ', link('/login', 'Log in'))]
  const me = await commerce.auth.me()
  const [own, places, keys, others, devices] = await Promise.all([
    orders(),
    addresses(),
    passkeys(),
    identities(),
    sessions(),
  ])
  own.append(arrivals({ orders: own, addresses: places }))
  const intro = text(...wordsOf(me))
  return [
    intro,
    // What arrives in one column moves nothing in the other one.
    make(
      'div',
      { class: 'columns' },
      make('div', {}, own, places, newsletter(me)),
      make(
        'div',
        {},
        keys,
        ...others,
        nameCard(me, (changed) => intro.replaceChildren(...wordsOf(changed))),
        emailCard(me),
        passwordCard(devices.look),
        devices,
      ),
    ),
  ]
}

const wordsOf = ({ firstName, email, groups }) => [
  firstName ? `You are ${firstName}, ` : 'You are logged in as ',
  make('strong', {}, email),
  `.${groups.length === 0 ? '' : ` Your groups: ${groups.join(', ')}.`}`,
]
