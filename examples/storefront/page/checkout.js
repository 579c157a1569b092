import { fields as address } from '../address-fields.js'
import { card, link, text } from '../element.js'
import { email } from '../field.js'
import { form } from '../form.js'
import { order } from '../order.js'
import { orderNumber } from '../order-number.js'
import { commerce } from '../shop.js'

export const title = 'Checkout'

export const parts = () => [commerce.session === null ? forGuest() : forShopper()]

const forShopper = () =>
  card(
    'Blue mug, $25.00',
    form(
      {
        fields: [text('You are logged in: the order goes to your account.')],
        button: 'Order',
        isOnce: true,
      },
      async () => [...placed(await order()), 'It is in ', link('/account', 'your account'), '.'],
    ),
  )

const placed = (id) => ['Order ', orderNumber(id), ' is placed. ']

const forGuest = () =>
  card(
    'Blue mug, $25.00',
    form(
      {
        fields: [
          text('You need no account. If you have one, ', link('/login', 'log in'), '.'),
          { ...email, autocomplete: 'email' },
          { name: 'firstName', label: 'First name', autocomplete: 'given-name' },
          { name: 'lastName', label: 'Last name', autocomplete: 'family-name' },
          ...address,
        ],
        button: 'Order as a guest',
        isOnce: true,
      },
      async ({ email, firstName, lastName, ...address }) => {
        // The answer is the same for every address, so nobody finds out here who has an account.
        await commerce.customers.guest({ email, firstName, lastName, address })
        sessionStorage.setItem('email', email)
        return [
          ...placed(await order(email)),
          link('/login', 'Log in'),
          ` with ${email}, or `,
          link('/register', 'create an account'),
          ', to see it. The order is in your account soon after. The address is there only if you create the account after this order.',
        ]
      },
    ),
  )
