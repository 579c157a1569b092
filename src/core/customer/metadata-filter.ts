import type { Settings } from '#core/context'
import { type InputProblem, Refusal } from '#kernel/error'
import { fieldPath } from '#kernel/input-problems-of-error'
import type { CustomerFilter } from './filter.ts'

/** Keys that a filter may name. */
export type DeclaredKeys = Pick<Settings, 'metadata_filter_keys' | 'metadata_service_keys'>

const KEYED = /^metadata(?:\.(?<dotted>.*)|\[(?<bracketed>.*)\])$/s

/**
 * Gathers fields `metadata.<key>` in the field `metadata`: a query string has no other way to write them, and rules may be written so.
 * `metadata[<key>]` is read too, for OpenAPI has a name for that style only.
 */
export function gatherMetadata(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const entries: [string, unknown][] = Object.entries(input)
  const values = entries.flatMap(([name, value]): [string, unknown][] => {
    const key = keyIn(name)
    return key === null ? [] : [[key, value]]
  })
  const metadata = Object.fromEntries(values)
  const isTwice = Object.keys(metadata).length < values.length || Object.hasOwn(input, 'metadata')
  if (values.length === 0 || isTwice) return input
  return Object.fromEntries([
    ...entries.filter(([name]) => keyIn(name) === null),
    ['metadata', metadata],
  ])
}

function keyIn(name: string): string | null {
  const { dotted = null, bracketed = null } = KEYED.exec(name)?.groups ?? {}
  return dotted ?? bracketed
}

/** The problems of a filter that names metadata keys which no setting declares. */
export function undeclaredMetadataKeyProblems(
  keys: DeclaredKeys,
  { metadata = {} }: CustomerFilter,
) {
  const declared = new Set([...keys.metadata_filter_keys, ...keys.metadata_service_keys])
  return Object.keys(metadata)
    .filter((key) => !declared.has(key))
    .map(
      (key): InputProblem => ({
        path: fieldPath(['metadata', key]),
        code: 'not_declared',
        message: 'No filter has this metadata key. Add it to the setting `metadata_filter_keys`.',
      }),
    )
}

/** Refuses `invalid_input` for a filter that names metadata keys which no setting declares. @param within the path before the filter. */
export function refuseUndeclaredMetadataKeys(
  keys: DeclaredKeys,
  filter: CustomerFilter,
  within = '',
): void {
  const errors = undeclaredMetadataKeyProblems(keys, filter).map((problem) => ({
    ...problem,
    path: `${within}${problem.path}`,
  }))
  if (errors.length > 0) throw new Refusal('invalid_input', { errors })
}
