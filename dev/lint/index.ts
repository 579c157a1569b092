import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findBuilderImports, findNounIntrusions } from './boundary.ts'
import { findCycles } from './cycle.ts'
import { findUnusedExports } from './find-unused-exports.ts'
import { findParameterReads } from './parameter/find-parameter-reads.ts'
import { type Mistake, type Parsed, parseFiles, parseTexts } from './parse.ts'
import { findPasswordHashing } from './password-hashing.ts'
import { type Aliases, importsOf } from './read-imports.ts'

/** The rules of the house that neither the compiler nor Biome knows. @param texts the files by their paths. */
export const lint = (texts: ReadonlyMap<string, string>, aliases: Aliases): string[] =>
  lintParsed(parseTexts(texts), aliases)

function lintParsed(all: readonly Parsed[], aliases: Aliases): string[] {
  const parsed = all.filter(({ file }) => file.startsWith('src/'))
  const imports = importsOf(parsed, aliases)
  const mistakes: Mistake[] = [
    ...findCycles(imports),
    ...findNounIntrusions(imports),
    ...findBuilderImports(imports, 'src/index.ts'),
    ...findPasswordHashing(parsed, imports),
    ...findParameterReads(parsed, aliases),
    ...findUnusedExports(all, aliases),
  ]
  return mistakes.map(({ file, line, says }) => `${file}:${line}: ${says}`).sort()
}

const Package = z.object({ imports: z.record(z.string(), z.string()) })

export const readAliases = (root: string): Aliases =>
  Package.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).imports

const sources = ['{src,dev,test,examples}/**/*.{ts,tsx}', 'drizzle/*.ts', '*.ts']

/** The same for the files of a project. */
export function lintProject(root: string): string[] {
  const files = globSync(sources, { cwd: root, exclude: (path) => /node_modules/.test(path) })
  return lintParsed(parseFiles(root, files.map(withSlashes)), readAliases(root))
}

const withSlashes = (path: string): string => path.replaceAll('\\', '/')
