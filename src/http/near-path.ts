import { closestName } from '#kernel/closest-name'
import { nounAndKeyOfEachRoute } from './access.ts'

/** A longer path is no misspelt one. */
const LONGEST = 200
/** So many parts may stand before the path, such as those of `/api/v1/customer`. */
const MOST_BEFORE = 2

const partsOf = (path: string): string[] => path.split('/').filter(Boolean)
const isParameter = (part: string): boolean => part.startsWith('{')
const parameters = (path: string): number => partsOf(path).filter(isParameter).length

/** Made for the first unknown path, so that the start does not wait for it. */
let paths: readonly string[] | undefined

/** Paths with the fewest parameters first, so that `/customers/guest` matches a fixed path and not an id. */
const allPaths = (): string[] =>
  [...new Set(nounAndKeyOfEachRoute.map(([, key]) => key.slice(key.indexOf(' ') + 1)))].sort(
    (a, b) => parameters(a) - parameters(b),
  )

/** The path of a route that is near an unknown path, as the document writes it; undefined if none is. It repeats no text of the caller. */
export function nearPath(asked: string): string | undefined {
  if (asked.length > LONGEST) return undefined
  const parts = partsOf(asked)
  for (let before = 0; before <= MOST_BEFORE && before < parts.length; before++) {
    const near = nearest(parts.slice(before))
    if (near !== undefined) return near
  }
  return undefined
}

function nearest(asked: readonly string[]): string | undefined {
  paths ??= allPaths()
  const [best] = paths
    .map((path) => ({ path, wrong: wrongParts(asked, partsOf(path)) }))
    .filter(({ wrong }) => wrong !== null)
    .sort((a, b) => (a.wrong ?? 0) - (b.wrong ?? 0))
  return best?.path
}

/** The number of misspelt parts; a parameter matches any text. Null if the paths differ in more than spelling. */
function wrongParts(asked: readonly string[], known: readonly string[]): number | null {
  if (asked.length !== known.length) return null
  const fixed = known.flatMap((part, i) =>
    isParameter(part) ? [] : [{ part, is: asked[i] ?? '' }],
  )
  const isNear = fixed.every(({ part, is }) => is === part || closestName(is, [part]) !== undefined)
  return isNear ? fixed.filter(({ part, is }) => is !== part).length : null
}
