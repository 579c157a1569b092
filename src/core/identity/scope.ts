import { Refusal } from '#kernel/error'

/**
 * The part of the scope that is asked for (RFC 6749, 3.3). Refuses `invalid_scope` for a request that goes beyond, or that holds
 * blanks only.
 * @param asked space separated, in any order; absent: all.
 * @returns space separated.
 */
export function narrowScope(all: readonly string[], asked: string | undefined): string {
  if (asked === undefined) return all.join(' ')
  const names = new Set(asked.split(' ').filter(Boolean))
  const granted = all.filter((name) => names.has(name))
  if (granted.length < names.size || granted.length === 0) throw new Refusal('invalid_scope')
  return granted.join(' ')
}
