import type { Context } from '#core/context'
import type { Mirrored } from '../accounts.ts'
import { readCredential, userNameOf } from './credential.ts'
import type { Users } from './users.ts'

const GONE: ReadonlySet<string> = new Set(['deleted', 'erased'])

/**
 * Makes the user that was made for a customer what has become of the customer; may run twice, late, and in any order, for it
 * compares what is. A user that was there before the customer is somebody's own, and stays.
 */
export async function mirrorUser(
  { keyring, tenant }: Context,
  users: Users,
  { customerId, user, person }: Mirrored,
): Promise<void> {
  const name = user ?? userNameOf(keyring, tenant, customerId)
  if (person === null || GONE.has(person.status)) return users.remove(name)
  const isInUse = readCredential(person.credential)?.name === name
  const state = {
    email: person.isProvisional ? null : person.email,
    emailVerified: person.isVerified,
    isForbidden: !isInUse || !['unverified', 'active'].includes(person.status),
  }
  const done = await users.update(name, state)
  if (done === 'email_taken')
    await users.update(name, { ...state, email: null, emailVerified: false })
}
