import { type CustomerFilter, groupsRead } from '#core/customer'
import { Bug } from '#kernel/error'

/** The rule of a group, as it is judged. */
export type GroupRule = {
  /** The key of the group. */
  readonly key: string
  readonly number: number
  /** Null: the rule was taken away, and it holds nobody any more. */
  readonly filter: CustomerFilter | null
}

const readsOf = ({ filter }: GroupRule): readonly string[] =>
  filter === null ? [] : groupsRead(filter)

/** Sorts rules into layers. Each rule comes after the rules of the groups that it reads. Rules have no cycle. */
export function layersOfRules(rules: readonly GroupRule[]): GroupRule[][] {
  const layers: GroupRule[][] = []
  let left = rules
  while (left.length > 0) {
    const keys = new Set(left.map(({ key }) => key))
    const next = left.filter((rule) => !readsOf(rule).some((key) => keys.has(key)))
    if (next.length === 0) throw new Bug('rules of groups have a cycle')
    layers.push(next)
    left = left.filter((rule) => !next.includes(rule))
  }
  return layers
}

/** The rule of a group, and those that read it, directly or through others. */
export function ruleAndRulesReadingIt(rules: readonly GroupRule[], key: string): GroupRule[] {
  const keys = new Set([key])
  for (let size = 0; size < keys.size; ) {
    size = keys.size
    for (const rule of rules) if (readsOf(rule).some((read) => keys.has(read))) keys.add(rule.key)
  }
  return rules.filter((rule) => keys.has(rule.key))
}

/** The rules of some groups, and those of the groups that they read, directly or through others. */
export function rulesWithReadRules(
  rules: readonly GroupRule[],
  keys: readonly string[],
): GroupRule[] {
  const all = new Set(keys)
  for (const key of all) {
    for (const rule of rules) if (rule.key === key) for (const read of readsOf(rule)) all.add(read)
  }
  return rules.filter((rule) => all.has(rule.key))
}
