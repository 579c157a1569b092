import { form } from '../form.js'
import { listCard } from '../list.js'
import { withProof } from '../proof.js'
import { commerce } from '../shop.js'

/** Logins at Google, Apple and others. A shopper who has none needs no card for them. */
export async function identities() {
  const { data } = await commerce.auth.identity.list()
  return data.length === 0 ? [] : [await identityCard()]
}

const identityCard = () =>
  listCard('Logins at other providers', {
    empty: 'No login at another provider.',
    items: () => commerce.auth.identity.list(),
    row: (one, change) => [
      `${one.provider}, used ${new Date(one.lastUsedAt).toLocaleDateString()}`,
      removeForm(one, change),
    ],
  })

const removeForm = ({ id, provider }, change) =>
  form({ button: 'Remove', name: `Remove the login at ${provider}`, isPlain: true }, () =>
    change(
      () => withProof(() => commerce.auth.identity.remove(id)),
      `The login at ${provider} is removed.`,
      id,
    ),
  )
