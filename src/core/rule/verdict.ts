import type { Judged } from '#core/customer'
import type { GroupRule } from './group-rule.ts'
import type { Verdict } from './query/verdict.ts'

/** The verdicts of a judgement: only those that differ from the stored state. */
export function verdictsOfJudgement(
  judged: readonly Judged[],
  rules: readonly GroupRule[],
): Verdict[] {
  return judged.flatMap(({ id, sequence, version, ruled, fits, kept, moments }) =>
    rules.flatMap(({ key }) => {
      const isHeld = fits.includes(key)
      const nextAt = moments[key] ?? null
      if (isHeld === ruled.includes(key) && nextAt === (kept[key] ?? null)) return []
      return { groupKey: key, customerId: id, sequence, version, fits: isHeld, nextAt }
    }),
  )
}
