import { form } from '../form.js'
import { listCard } from '../list.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

export const passkeys = () =>
  listCard('Passkeys', {
    empty: 'No passkey yet. With one you log in without a password.',
    items: () => commerce.auth.passkey.list(),
    row: (one, read) => [
      `${one.name}, ${one.lastUsedAt === null ? 'never used' : 'used'}`,
      removeForm(one, read),
    ],
    forms: (read) => [
      form({ fields: [deviceName], button: 'Make a passkey' }, ({ name }) =>
        withProof(async () => {
          await commerce.auth.passkey.register({ name })
          await read()
          return 'The passkey is made.'
        }),
      ),
    ],
  })

const deviceName = {
  name: 'name',
  label: 'Name of this device',
  hint: 'For example My phone.',
}

const removeForm = ({ id, name }, read) =>
  form({ button: 'Remove', name: `Remove ${name}`, isPlain: true }, () =>
    withProof(async () => {
      await commerce.auth.passkey.remove(id)
      await read()
    }),
  )
