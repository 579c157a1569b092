import { type InputProblem, Refusal } from '#kernel/error'
import { fieldPath, inputProblemsOf } from '#kernel/input-problems-of-error'
import { CustomerFilter } from './filter.ts'
import { filterTrustInRules } from './filter-trust-in-rules.ts'
import {
  type DeclaredKeys,
  gatherMetadata,
  undeclaredMetadataKeyProblems,
} from './metadata-filter.ts'

/**
 * The rule of a group as it is stored: the list's filter, of those fields that a rule may use, with its relative times. Refuses
 * `rule_not_trusted` for a field whose value shoppers can change, unless the group allows it, and `invalid_input`.
 * @param allowShopperValues null: the caller judges `untrustedFields` where it is known.
 */
export function parseRule(
  settings: DeclaredKeys,
  rule: unknown,
  allowShopperValues: boolean | null,
): CustomerFilter {
  const written = gatherMetadata(rule)
  const untrusted = allowShopperValues ? [] : untrustedFields(settings, written)
  const isNever = (path: string) => isUndeclared(settings, path)
  refuseUntrusted(allowShopperValues === null ? untrusted.filter(isNever) : untrusted)
  const unusable = fieldsOf(written).filter((name) => problemOf(name) !== null)
  const usable = without(written, unusable)
  const read = CustomerFilter.safeParse(usable)
  const errors = [
    ...unusable.flatMap((name) => problemOf(name) ?? []),
    ...(read.success
      ? [...problemsInside(read.data), ...undeclaredMetadataKeyProblems(settings, read.data)]
      : inputProblemsOf(read.error, usable, CustomerFilter)),
  ]
  if (!read.success || errors.length > 0) throw refusalOf(errors)
  if (selectsAll(read.data)) throw refusalOf([empty])
  return read.data
}

/** Parses a stored rule. Null: a changed setting has made it invalid. */
export function parseStoredRule(
  settings: DeclaredKeys,
  rule: unknown,
  allowShopperValues: boolean,
): CustomerFilter | null {
  try {
    return rule === null ? null : parseRule(settings, rule, allowShopperValues)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** The groups that a filter reads. */
export const groupsRead = ({ group = [], groupNot = [] }: CustomerFilter): string[] =>
  [...new Set([...group, ...groupNot])].sort()

const fieldsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []

function without(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0) return value
  return Object.fromEntries(Object.entries(Object(value)).filter(([name]) => !names.includes(name)))
}

const isKnown = (name: string): name is keyof typeof filterTrustInRules =>
  Object.hasOwn(filterTrustInRules, name)

/** Whether a path names a metadata key that no setting declares. */
const isUndeclared = (keys: DeclaredKeys, path: string): boolean =>
  path.startsWith('metadata.') &&
  ![...keys.metadata_filter_keys, ...keys.metadata_service_keys].some(
    (key) => path === fieldPath(['metadata', key]),
  )

const trustIn = (name: string) => (isKnown(name) ? filterTrustInRules[name] : null)

/** The paths of the fields of a rule whose values shoppers can change. */
export function untrustedFields({ metadata_service_keys }: DeclaredKeys, rule: unknown): string[] {
  return fieldsOf(rule).flatMap((name) => {
    const trust = trustIn(name)
    if (trust === 'shopper') return [name]
    if (trust !== 'metadata') return []
    return fieldsOf(Object(rule)[name])
      .filter((key) => !metadata_service_keys.includes(key))
      .map((key) => fieldPath([name, key]))
  })
}

function refuseUntrusted(paths: readonly string[]): void {
  if (paths.length === 0) return
  throw new Refusal('rule_not_trusted', {
    detail: `Shoppers can change what the rule reads: ${paths.join(', ')}. The group must allow that with \`allowShopperValues\`.`,
    errors: paths.map((path) => ({
      path: `rule.${path}`,
      code: 'shopper_value',
      message: 'Shoppers can change this value.',
    })),
  })
}

/** Why no rule can have this field; null for one that rules can have, and for a name that no filter has. */
function problemOf(name: string): InputProblem | null {
  return trustIn(name) === 'never' ? notInRule(name, 'A rule cannot use this filter.') : null
}

const notInRule = (path: string, message: string): InputProblem => ({
  path,
  code: 'not_in_rule',
  message,
})

const problemsInside = ({ status = [] }: CustomerFilter): InputProblem[] =>
  status.includes('merged') ? [notInRule('status', 'A merged customer is in no group.')] : []

/** Whether a filter has no condition. `groupMode` alone is none. */
export const selectsAll = (rule: CustomerFilter): boolean =>
  Object.keys(rule).every((name) => name === 'groupMode')

const empty: InputProblem = { path: '', code: 'too_small', message: 'Must have a filter.' }

const refusalOf = (errors: readonly InputProblem[]): Refusal =>
  new Refusal('invalid_input', {
    errors: errors.map((problem) => ({
      ...problem,
      path: problem.path === '' ? 'rule' : `rule.${problem.path}`,
    })),
  })
