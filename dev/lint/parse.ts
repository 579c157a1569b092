import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API, type APIOptions } from 'typescript/unstable/sync'

/** A file as the compiler reads it. Its path starts at the root of the project. */
export type Parsed = { readonly file: string; readonly tree: SourceFile }

/** Something that the check refuses: a place, and one sentence. */
export type Mistake = { readonly file: string; readonly line: number; readonly says: string }

const options = {
  allowImportingTsExtensions: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  noEmit: true,
  noLib: true,
  noResolve: true,
  target: 'es2024',
  types: [],
}

const configOf = (folder: string, files: Iterable<string>): string =>
  JSON.stringify({ compilerOptions: options, files: [...files].map((file) => join(folder, file)) })

/** Reads the files of a folder with TypeScript's own parser. Types are not looked at, which would take most of the time. */
export function parseFiles(folder: string, files: readonly string[]): Parsed[] {
  const own = mkdtempSync(join(tmpdir(), 'customer-parse-'))
  const project = join(own, 'tsconfig.json')
  try {
    writeFileSync(project, configOf(folder, files))
    return parseProject(project, folder, files)
  } finally {
    rmSync(own, { recursive: true })
  }
}

/** A place that no disk has. */
const home = '/parsed'

/** The same of texts, by their paths. */
export function parseTexts(texts: ReadonlyMap<string, string>): Parsed[] {
  const project = join(home, 'tsconfig.json')
  const known = new Map([...texts].map(([file, text]) => [join(home, file), text]))
  known.set(project, configOf(home, texts.keys()))
  return parseProject(project, home, [...texts.keys()], {
    readFile: (path) => known.get(path),
    fileExists: (path) => known.has(path) || undefined,
  })
}

function parseProject(
  project: string,
  folder: string,
  files: readonly string[],
  fs?: APIOptions['fs'],
): Parsed[] {
  const api = new API({ cwd: folder, ...(fs && { fs }) })
  try {
    const [only] = api.updateSnapshot({ openProjects: [project] }).getProjects()
    return files.map((file) => {
      const tree = only?.program.getSourceFile(join(folder, file))
      if (tree === undefined) throw new Error(`${file} is not read`)
      return { file, tree }
    })
  } finally {
    api.close()
  }
}

/** The line on which a node begins, without the comments before it. */
export const lineOf = ({ tree }: Parsed, node: Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
