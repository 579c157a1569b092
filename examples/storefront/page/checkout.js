import { card, link, text } from '../element.js'
import { address, email } from '../field.js'
import { form } from '../form.js'
import { order } from '../order.js'
import { commerce } from '../shop.js'

export const title = 'Checkout'

export const parts = () => [commerce.session === null ? forGuest() : forShopper()]

const forShopper = () =>
  card(
    'Blue mug, $25.00',
    text('You are logged in: the order goes to your account.'),
    form({ button: 'Order' }, async () => `Order ${await order()} is placed.`),
  )

const forGuest = () =>
  card(
    'Blue mug, $25.00',
    text('You need no account. If you have one, ', link('/login', 'log in'), '.'),
    form(
      {
        fields: [
          { ...email, autocomplete: 'email' },
          { name: 'firstName', label: 'First name', autocomplete: 'given-name' },
          { name: 'lastName', label: 'Last name', autocomplete: 'family-name' },
          ...address,
        ],
        button: 'Order as a guest',
      },
      async ({ email, firstName, lastName, ...address }) => {
        // The answer is the same for every address, so nobody finds out here who has an account.
        await commerce.customers.guest({ email, firstName, lastName, address })
        sessionStorage.setItem('email', email)
        return `Order ${await order(email)} is placed. Create an account with ${email} to see it.`
      },
    ),
  )
