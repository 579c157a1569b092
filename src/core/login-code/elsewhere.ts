import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'

/** Refuses `identity_elsewhere` in a shop whose accounts are at another provider: it alone issues their access tokens. */
export function refuseElsewhere({ settings }: Context): void {
  if (settings.identity !== 'embedded') throw new Refusal('identity_elsewhere')
}
