import type { Judged } from '#core/customer'
import type { Verdict } from './query/verdict.ts'
import type { Rule } from './rule.ts'

/** What is to be written about customers: only groups in which something differs from what is stored. */
export function verdictsOf(judged: readonly Judged[], rules: readonly Rule[]): Verdict[] {
  return judged.flatMap(({ id, sequence, version, ruled, fits, kept, moments }) =>
    rules.flatMap(({ key }) => {
      const isHeld = fits.includes(key)
      const nextAt = moments[key] ?? null
      if (isHeld === ruled.includes(key) && nextAt === (kept[key] ?? null)) return []
      return { groupKey: key, customerId: id, sequence, version, fits: isHeld, nextAt }
    }),
  )
}
