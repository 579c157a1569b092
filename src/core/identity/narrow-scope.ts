import { scopes } from '#core/context'
import { closestName, MAX_UNKNOWN_NAMES_COMPARED } from '#kernel/closest-name'
import { Refusal } from '#kernel/error'
import { didYouMean } from '#kernel/input-sentence'

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
  if (granted.length < names.size || granted.length === 0) {
    throw new Refusal('invalid_scope', { detail: whyNot(all, [...names]) })
  }
  return granted.join(' ')
}

/** The reason why a scope is not granted. It names only scopes of the service, and repeats no other text of the request. */
function whyNot(all: readonly string[], names: readonly string[]): string {
  if (names.length === 0) return 'The scope is blank. Leave it out to get all scopes.'
  const known: readonly string[] = scopes
  const unknown = names.filter((name) => !known.includes(name) && !all.includes(name))
  if (unknown.length > 0) {
    const meant = unknown
      .slice(0, MAX_UNKNOWN_NAMES_COMPARED)
      .map((name) => closestName(name, known))
      .find((near) => near !== undefined)
    return `The service has no such scope.${didYouMean(meant)} Check the spelling.`
  }
  const lacking = known.filter((name) => names.includes(name) && !all.includes(name))
  const listed = lacking.map((name) => `\`${name}\``).join(', ')
  return `The client or the session lacks ${listed}. Ask for fewer scopes, or add the missing ones to the client.`
}
