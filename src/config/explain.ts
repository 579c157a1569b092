import type * as z from 'zod'
import { closestName } from '#kernel/closest-name'
import { isZodSentence } from '#kernel/input-sentence'
import { fieldNamesAt } from '#kernel/schema-field-names'
import { misnamedEntries, settingKeyOfPath } from './misnamed-entries.ts'
import { settingFault } from './setting-fault.ts'

/** What is wrong with settings, one sentence for each fault. It repeats names of keys and choices, and no other value: that may be a secret. */
export const explainFaults = (
  schema: z.core.$ZodType,
  value: unknown,
  { issues }: z.core.$ZodError,
): string[] => {
  const ofOtherKind = new Set(
    issues.filter(isOfOtherKind).map(({ path }) => settingKeyOfPath(path)),
  )
  const entries = misnamedEntries(issues, (path) => valueAt(value, path))
  const lacking = [...entries].map(([key, { lacks, meant }]) =>
    settingFault(key, `has no ${lacks.join(', ')}; did you mean ${key.replace(/[^.]+$/, meant)}?`),
  )
  return issues.flatMap((issue) => {
    // What is of another kind has no length that could be judged.
    if (!isOfOtherKind(issue) && ofOtherKind.has(settingKeyOfPath(issue.path))) return []
    if (
      entries
        .get(settingKeyOfPath(issue.path.slice(0, -1)))
        ?.lacks.includes(String(issue.path.at(-1)))
    ) {
      return lacking.splice(0)
    }
    if (issue.code === 'unrecognized_keys') {
      const known = fieldNamesAt(schema, issue.path)
      return issue.keys.map((key) =>
        settingFault(settingKeyOfPath([...issue.path, key]), explainUnknownName(key, known)),
      )
    }
    return settingFault(settingKeyOfPath(issue.path), explain(issue, valueAt(value, issue.path)))
  })
}

const isOfOtherKind = ({ code }: z.core.$ZodIssue): boolean => code === 'invalid_type'

/** That a name is unknown, and which one is probably meant. */
export function explainUnknownName(name: string, known: readonly string[]): string {
  const meant = closestName(name, known)
  return `is unknown${meant === undefined ? '' : `; did you mean ${meant}?`}`
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner: unknown, key) => Object(parsed(inner))[key], value)

/** Secrets are JSON in a text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  if (!isZodSentence(issue.message)) return issue.message
  if (issue.code === 'invalid_type') {
    return value === undefined ? 'is missing' : (kinds[issue.expected] ?? issue.message)
  }
  if (issue.code === 'invalid_value') return explainChoice(issue.values.map(String), value)
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  if (issue.code === 'too_small') return explainBound(issue.origin, 'at least', issue.minimum)
  if (issue.code === 'too_big') return explainBound(issue.origin, 'at most', issue.maximum)
  if (issue.code === 'invalid_format' && issue.format === 'email')
    return 'must be an e-mail address'
  return issue.message
}

const kinds: Readonly<Record<string, string>> = {
  boolean: 'must be true or false, without quotes',
  number: 'must be a number, without quotes',
  int: 'must be a whole number, without quotes',
  string: 'must be a text in quotes',
  array: 'must be a list in square brackets',
  object: 'must be a table of names and values',
  record: 'must be a table of names and values',
}

function explainBound(origin: string, which: string, bound: number | bigint): string {
  if (origin === 'string') return `must have ${which} ${bound} character${bound === 1 ? '' : 's'}`
  if (origin === 'array') return `must have ${which} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
  return `must be ${which} ${bound}`
}

function explainChoice(choices: readonly string[], value: unknown): string {
  const meant = typeof value === 'string' ? closestName(value, choices) : undefined
  const all = `must be ${choices.map((choice) => `"${choice}"`).join(' or ')}`
  return meant === undefined ? all : `${all}; did you mean "${meant}"?`
}
