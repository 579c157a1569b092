import type { System } from '#core/context'
import { rotateSigningKeys } from './signing-key.ts'

/** Makes the next signing key in time, and deletes the keys that verify nothing any more. */
export async function rotateKeys({ db, keyring, now }: System): Promise<boolean> {
  await rotateSigningKeys({ db, keyring, now: () => now })
  return false
}
