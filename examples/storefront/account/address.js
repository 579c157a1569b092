import { addressWith, fields } from '../address-fields.js'
import { askIn } from '../dialog.js'
import { form } from '../form.js'
import { listCard } from '../list.js'
import { commerce } from '../shop.js'

export const addresses = () =>
  listCard('Addresses', {
    empty: 'No address yet.',
    items: () => commerce.customers.listAddresses(),
    // Anybody may have typed it at a checkout, so the service makes it no default.
    note: (all) =>
      all.length > 0 && !all.some(({ isDefault }) => isDefault)
        ? 'No address is the default yet: one from an order as a guest becomes the default only when you choose it.'
        : undefined,
    row: (one, change) => [
      `${one.line1}, ${one.city ?? one.country}${one.isDefault ? ' (default)' : ''}`,
      ...(one.isDefault ? [] : [defaultForm(one, change)]),
      changeForm(one, change),
      removeForm(one, change),
    ],
    forms: (change) => [
      form({ fields, button: 'Add the address', isReset: true }, (input) =>
        change(() => commerce.customers.addAddress(input), `${input.line1} is added.`),
      ),
    ],
  })

const defaultForm = ({ id, line1 }, change) =>
  form({ button: 'Make default', name: `Make default: ${line1}`, isPlain: true }, () =>
    change(
      () => commerce.customers.updateAddress('me', id, { isDefault: true }),
      `${line1} is the default now.`,
      id,
    ),
  )

const changeForm = (one, change) =>
  form({ button: 'Change', name: `Change ${one.line1}`, isPlain: true }, async () => {
    const saved = await askIn('Change the address', (close) => [
      form({ fields: fieldsOf(one), button: 'Save the address' }, async (input) =>
        close(await commerce.customers.updateAddress('me', one.id, addressWith(input))),
      ),
    ])
    if (saved !== undefined) await change(() => saved, `${saved.line1} is saved.`, one.id)
  })

/** The fields with what the address has. */
const fieldsOf = (one) => fields.map((field) => ({ ...field, value: one[field.name] ?? '' }))

const removeForm = ({ id, line1 }, change) =>
  form({ button: 'Remove', name: `Remove ${line1}`, isPlain: true }, () =>
    change(() => commerce.customers.removeAddress('me', id), `${line1} is removed.`, id),
  )
