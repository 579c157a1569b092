import { Refusal } from '#kernel/error'
import type { FoundMergeSides, MergePair, MergeSide } from './side.ts'

const NOT_FROM =
  'The customer that `from` names does not exist. Search with `POST /customer/search`; an id looks like `cust_…`.'

const isGone = (side: MergeSide | null): boolean =>
  side === null || side.status === 'erased' || side.status === 'deleted'

/** The refusal if one of the two customers does not exist. It is the same for an unknown and for a deleted or erased customer. */
export const customerNotFoundRefusal = ({
  survivor,
  merged,
}: Partial<FoundMergeSides> = {}): Refusal =>
  new Refusal('customer_not_found', {
    detail: isGone(survivor ?? null) || !isGone(merged ?? null) ? undefined : NOT_FROM,
  })

/** The refusal if one of the two customers was merged before. It says which one, and names its survivor. */
export function alreadyMergedRefusal({ survivor, merged }: MergePair): Refusal {
  if (survivor.mergedInto !== null) {
    return new Refusal('customer_merged', {
      survivorId: survivor.mergedInto,
      detail:
        'The customer of the path was merged into another one. Put the id of the survivor into the path.',
    })
  }
  return new Refusal('customer_merged', {
    survivorId: merged.mergedInto ?? undefined,
    detail:
      merged.mergedInto === survivor.id
        ? 'The customer that `from` names was merged into this one already. There is nothing to do.'
        : 'The customer that `from` names was merged into another one already. Put the id of the survivor into `from`.',
  })
}
