import type { Versioned } from '#core/context'
import { Refusal } from '#kernel/error'
import { type Merge, mergeVersionByState } from './field-list.ts'

export { Merge } from './field-list.ts'

/** A single merge. A pending one has no detail. */
export type FoundMerge = {
  readonly merge: Omit<Merge, 'detail'>
  readonly detail: Merge['detail'] | null
}

/** Refuses `merge_not_found` when there is no row. */
export function toMerge(found: FoundMerge | undefined): Versioned<Merge> {
  if (found === undefined) throw new Refusal('merge_not_found')
  const { merge, detail } = found
  return { value: detail ? { ...merge, detail } : merge, version: mergeVersionByState[merge.state] }
}
