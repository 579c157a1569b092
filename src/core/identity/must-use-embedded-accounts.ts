import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/** Refuses `identity_elsewhere` in a shop that uses another identity provider, because only that provider issues its access tokens. */
export function mustUseEmbeddedAccounts({ settings }: Context): void {
  if (settings.identity !== 'embedded') throw new Refusal('identity_elsewhere')
}
