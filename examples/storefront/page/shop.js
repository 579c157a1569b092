import { card, link, make, text } from '../element.js'

export const title = 'One good mug'

export const parts = () => [
  make(
    'div',
    { class: 'columns' },
    make(
      'section',
      { class: 'card' },
      make('img', { src: '/mug.svg', alt: 'A blue mug', class: 'product' }),
      make('h2', {}, 'Blue mug'),
      text('Holds 350 ml of anything. $25.00'),
      make('a', { href: '/checkout', class: 'button' }, 'Buy'),
    ),
    card(
      'What to try',
      make(
        'ol',
        {},
        make('li', {}, link('/checkout', 'Buy as a guest'), ', with an e-mail and an address.'),
        make('li', {}, link('/register', 'Create an account'), ' with the same e-mail.'),
        make('li', {}, 'Open the link of the mail and type the password.'),
        make('li', {}, 'See the order and the address in the ', link('/account', 'account'), '.'),
      ),
    ),
  ),
]
