import { form } from '../form.js'
import { listCard } from '../list.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

export const passkeys = () =>
  listCard('Passkeys', {
    empty: 'No passkey yet. With one you log in without a password.',
    items: () => commerce.auth.passkey.list(),
    row: (one, change) => [
      `${one.name}, ${one.lastUsedAt === null ? 'never used' : 'used'}`,
      removeForm(one, change),
    ],
    forms: (change) => [
      form({ fields: [deviceName], button: 'Make a passkey', isReset: true }, ({ name }) =>
        change(
          () => withProof(() => commerce.auth.passkey.register({ name })),
          `The passkey ${name} is made.`,
        ),
      ),
    ],
  })

const deviceName = {
  name: 'name',
  label: 'Name of this device',
  hint: 'For example My phone.',
}

const removeForm = ({ id, name }, change) =>
  form({ button: 'Remove', name: `Remove ${name}`, isPlain: true }, () =>
    change(
      () => withProof(() => commerce.auth.passkey.remove(id)),
      `The passkey ${name} is removed.`,
      id,
    ),
  )
