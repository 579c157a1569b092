import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/** Refuses `identity_elsewhere` where a password opens no session here, before anything is tried or counted. */
export function mustTakePasswords({ identity }: Pick<Context, 'identity'>): void {
  if (!identity.accounts.takesPasswords) throw new Refusal('identity_elsewhere')
}
