import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findBuilders, findIntruders } from './boundary.ts'
import { findCycles } from './cycle.ts'
import { type Aliases, importsOf } from './import.ts'
import { findReads } from './parameter/index.ts'
import { type Mistake, parseAll, readTexts } from './parse.ts'

/** The rules of the house that neither the compiler nor Biome knows. @param texts the files under `src`, by their paths. */
export function lint(texts: ReadonlyMap<string, string>, aliases: Aliases): string[] {
  const parsed = parseAll(texts)
  const imports = importsOf(parsed, aliases)
  const mistakes: Mistake[] = [
    ...findCycles(imports),
    ...findIntruders(imports),
    ...findBuilders(imports, 'src/index.ts'),
    ...findReads(parsed, aliases),
  ]
  return mistakes.map(({ file, line, says }) => `${file}:${line}: ${says}`).sort()
}

const Package = z.object({ imports: z.record(z.string(), z.string()) })

export const readAliases = (root: string): Aliases =>
  Package.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).imports

/** The same for the files of a project. */
export function lintProject(root: string): string[] {
  const files = globSync('src/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'))
  return lint(readTexts(root, files), readAliases(root))
}
