import type { Context } from '#core/context'
import { Refusal } from '#kernel/error'
import { fieldPath } from '#kernel/input-problems-of-error'

type Reserving = Pick<Context['settings'], 'metadata_service_keys'>

/**
 * Refuses `metadata_key_reserved` if a shopper or a storefront names a key that only services write. The refusal includes the deletion of the key, and its present value. So the answer does not depend on what is stored.
 */
export function refuseReservedMetadata({ actor, settings }: Context, metadata: object = {}): void {
  if (actor.type === 'service' || actor.type === 'system') return
  const reserved = Object.keys(metadata).filter((key) =>
    settings.metadata_service_keys.includes(key),
  )
  if (reserved.length === 0) return
  throw new Refusal('metadata_key_reserved', {
    errors: reserved.map((key) => ({
      path: fieldPath(['metadata', key]),
      code: 'reserved',
      message: 'Only services write this key.',
    })),
  })
}

/** The metadata of a person without the keys that a setting has reserved since. */
export const withoutReservedMetadata = (
  { metadata_service_keys }: Reserving,
  metadata: Readonly<Record<string, string>> = {},
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !metadata_service_keys.includes(key)),
  )
