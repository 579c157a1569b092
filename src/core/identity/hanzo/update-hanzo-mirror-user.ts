import type { Context } from '#core/context'
import type { MirroredCustomer } from '../account-provider.ts'
import { hanzoUserName, readHanzoCredential } from './credential.ts'
import type { HanzoUsers } from './users-interface.ts'

const GONE: ReadonlySet<string> = new Set(['deleted', 'erased'])

/**
 * Updates the user that was made for a customer to the customer's state. It compares present states, so it may run twice, late, and
 * in any order. A user that existed before the customer belongs to a person. It is not changed.
 */
export async function updateHanzoMirrorUser(
  { keyring, tenant }: Context,
  users: HanzoUsers,
  { customerId, user, person }: MirroredCustomer,
): Promise<void> {
  const name = user ?? hanzoUserName(keyring, tenant, customerId)
  if (person === null || GONE.has(person.status)) return users.remove(name)
  const isInUse = readHanzoCredential(person.credential)?.name === name
  const state = {
    email: person.isProvisional ? null : person.email,
    emailVerified: person.isVerified,
    isForbidden: !isInUse || !['unverified', 'active'].includes(person.status),
  }
  const done = await users.update(name, state)
  if (done === 'email_taken')
    await users.update(name, { ...state, email: null, emailVerified: false })
}
