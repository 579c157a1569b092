import { Refusal } from '#kernel/error'
import type { Pair, Side, Sides } from './side.ts'

const NOT_FROM =
  'There is no such customer as `from` names. Search with `POST /customer/search`; an id looks like `cust_…`.'

const isGone = (side: Side | null): boolean =>
  side === null || side.status === 'erased' || side.status === 'deleted'

/** That one of two customers is not there. It says the same of one that never was and of one that is gone. */
export const noSuchCustomer = ({ survivor, merged }: Partial<Sides> = {}): Refusal =>
  new Refusal('customer_not_found', {
    detail: isGone(survivor ?? null) || !isGone(merged ?? null) ? undefined : NOT_FROM,
  })

/** That one of two customers was merged before, which one, and into whom. */
export function alreadyMerged({ survivor, merged }: Pair): Refusal {
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
