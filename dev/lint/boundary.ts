import type { Imports } from './cycle.ts'
import type { Mistake } from './parse.ts'
import type { Import } from './read-imports.ts'

/** The doors of a noun. What is behind them is its own. */
const doors = /^#(core|query|lock|field|selection)\/[a-z][a-z-]*$/

const nounOf = (file: string): string | undefined => /^src\/core\/([^/]+)\//.exec(file)?.[1]

/** Imports that reach into a noun from outside, other than through one of its doors; types too. */
export const findNounIntrusions = (imports: Imports): Mistake[] =>
  all(imports).flatMap(({ from, line, specifier, to }) => {
    const noun = to === undefined ? undefined : nounOf(to)
    if (noun === undefined || noun === nounOf(from) || doors.test(specifier)) return []
    const says = `'${specifier}' reaches into the inside of ${noun}: import '#core/${noun}', or export there what is needed`
    return [{ file: from, line, says }]
  })

/** What only the build has: statements, and what they are made with. */
const isBuildFile = (file: string): boolean =>
  /^src\/core\/[^/]+\/query\//.test(file) ||
  /^src\/db\/(schema\/.*|statement-builders|use-case)\.ts$/.test(file)
const isBuildPackage = (specifier: string): boolean => /^drizzle-orm(\/|$)/.test(specifier)

/**
 * Imports by which the Worker would load the builder of statements: its bundle has names of functions instead. @param entry the
 * Worker's first file.
 */
export const findBuilderImports = (imports: Imports, entry: string): Mistake[] =>
  [...loadedFrom(entry, imports)].flatMap((file) =>
    atRunTime(file, imports)
      .filter(({ specifier, to }) => isBuildPackage(specifier) || (to && isBuildFile(to)))
      .map(({ line, specifier }) => ({
        file,
        line,
        says: `'${specifier}' is there at build time only: the Worker may import types of it, and calls a use case by its handle in generated/`,
      })),
  )

/** Every file that the Worker loads. It goes no further where the build begins. */
function loadedFrom(entry: string, imports: Imports): Set<string> {
  const loaded = new Set([entry])
  for (const file of loaded) {
    for (const { to } of atRunTime(file, imports)) {
      if (to !== undefined && !isBuildFile(to)) loaded.add(to)
    }
  }
  return loaded
}

const all = (imports: Imports): Import[] => [...imports.values()].flat()
const atRunTime = (file: string, imports: Imports): Import[] =>
  (imports.get(file) ?? []).filter(({ when }) => when !== 'type')
