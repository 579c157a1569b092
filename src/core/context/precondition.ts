import type { Versions } from '#db/sql-type'
import type { Context } from './context.ts'

/** Versions that a header names, or any version. */
type Named = readonly number[] | '*'

/** The preconditions of a request (RFC 9110, 13.1): the versions that the resource must have, and those that it must not have. */
export type Precondition = {
  readonly match: Named | null
  readonly noneMatch: Named | null
}

/** A resource that is not there counts as having this version. */
const ABSENT = 0

/** Whether a version is among those that a header names. */
const isNamed = (version: number, named: Named): boolean =>
  named === '*' ? version > ABSENT : named.includes(version)

/** Whether the request may be carried out on a resource of this version. */
export const meetsPrecondition = ({ condition }: Context, version: number): boolean =>
  condition === null ||
  ((condition.match === null || isNamed(version, condition.match)) &&
    (condition.noneMatch === null || !isNamed(version, condition.noneMatch)))

/** The newest version in If-Match that is older than the present one. */
export const newestReadVersion = ({ condition }: Context, version: number): number =>
  Array.isArray(condition?.match)
    ? Math.max(ABSENT, ...condition.match.filter((read) => read < version))
    : version

/** The versions that meet the precondition, as a parameter of a statement; null: every version does. */
export function acceptedVersions({ condition }: Context): Versions | null {
  if (condition === null) return null
  const { match, noneMatch } = condition
  if (Array.isArray(match)) {
    const left = match.filter((one) => noneMatch === null || !isNamed(one, noneMatch))
    return `{${left.map((one) => `[${one},${one}]`).join(',')}}`
  }
  const first = match === '*' ? '[1' : '('
  if (noneMatch === '*') return match === '*' ? '{}' : `{(,${ABSENT}]}`
  const gaps = [...new Set(noneMatch)].filter((one) => one > ABSENT).sort((a, b) => a - b)
  const starts = [first, ...gaps.map((one) => `(${one}`)]
  return `{${starts.map((start, i) => `${start},${gaps[i] ?? ''})`).join(',')}}`
}
