import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { pathOf } from '#kernel/input-problem'

type Reserving = Pick<Context['settings'], 'metadata_service_keys'>

/**
 * Refuses `metadata_key_reserved` if a shopper or a storefront names a key that only services write. Its removal and the value that it has
 * are refused too, so that the answer does not depend on what is stored.
 */
export function refuseReserved({ actor, settings }: Context, metadata: object = {}): void {
  if (actor.type === 'service' || actor.type === 'system') return
  const reserved = Object.keys(metadata).filter((key) =>
    settings.metadata_service_keys.includes(key),
  )
  if (reserved.length === 0) return
  throw new Refusal('metadata_key_reserved', {
    errors: reserved.map((key) => ({
      path: pathOf(['metadata', key]),
      code: 'reserved',
      message: 'Only services write this key.',
    })),
  })
}

/** What a person wrote before a setting reserved some of its keys. */
export const withoutReserved = (
  { metadata_service_keys }: Reserving,
  metadata: Readonly<Record<string, string>> = {},
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !metadata_service_keys.includes(key)),
  )
