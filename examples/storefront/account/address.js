import { address } from '../field.js'
import { form } from '../form.js'
import { listCard } from '../list.js'
import { commerce } from '../shop.js'

export const addresses = () =>
  listCard('Addresses', {
    empty: 'No address yet.',
    items: () => commerce.customers.listAddresses(),
    row: (one, read) => [
      `${one.line1}, ${one.city ?? one.country}${one.isDefault ? ' (default)' : ''}`,
      ...(one.isDefault ? [] : [defaultForm(one, read)]),
      removeForm(one, read),
    ],
    forms: (read) => [
      form({ fields: address, button: 'Add the address' }, async (input) => {
        await commerce.customers.addAddress(input)
        await read()
        return 'The address is added.'
      }),
    ],
  })

const defaultForm = ({ id, line1 }, read) =>
  form({ button: 'Make default', name: `Make default: ${line1}`, isPlain: true }, async () => {
    await commerce.customers.updateAddress('me', id, { isDefault: true })
    await read()
  })

const removeForm = ({ id, line1 }, read) =>
  form({ button: 'Remove', name: `Remove ${line1}`, isPlain: true }, async () => {
    await commerce.customers.removeAddress('me', id)
    await read()
  })
