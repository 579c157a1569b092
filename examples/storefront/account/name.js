import { card } from '../element.js'
import { form } from '../form.js'
import { commerce } from '../shop.js'

/** @param changed gets the customer with the new name */
export const nameCard = (me, changed) =>
  card(
    'Name',
    form(
      {
        fields: [
          { ...first, value: me.firstName ?? '' },
          { ...last, value: me.lastName ?? '' },
        ],
        button: 'Save the name',
      },
      async ({ firstName = null, lastName = null }) => {
        changed(await commerce.customers.update({ firstName, lastName }))
        return 'The name is saved.'
      },
    ),
  )

const first = {
  name: 'firstName',
  label: 'First name',
  autocomplete: 'given-name',
  required: false,
}
const last = { name: 'lastName', label: 'Last name', autocomplete: 'family-name', required: false }
