import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'

/** A file as the compiler reads it. Its path starts at the root of the project. */
export type Parsed = { readonly file: string; readonly tree: SourceFile }

/** Something that the check refuses: a place, and one sentence. */
export type Mistake = { readonly file: string; readonly line: number; readonly says: string }

/** A place that no disk has: the compiler is handed the texts. */
const home = '/parsed'
const project = `${home}/tsconfig.json`
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

/** Reads texts with TypeScript's own parser. Types are not looked at, which would take most of the time. */
export function parseAll(texts: ReadonlyMap<string, string>): Parsed[] {
  const known = new Map([...texts].map(([file, text]) => [join(home, file), text]))
  known.set(project, JSON.stringify({ compilerOptions: options, files: [...known.keys()] }))
  const api = new API({
    cwd: home,
    fs: { readFile: (path) => known.get(path), fileExists: (path) => known.has(path) || undefined },
  })
  try {
    const [only] = api.updateSnapshot({ openProjects: [project] }).getProjects()
    return [...texts.keys()].map((file) => {
      const tree = only?.program.getSourceFile(join(home, file))
      if (tree === undefined) throw new Error(`${file} is not read`)
      return { file, tree }
    })
  } finally {
    api.close()
  }
}

export const readTexts = (root: string, files: readonly string[]): Map<string, string> =>
  new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** The line on which a node begins, without the comments before it. */
export const lineOf = ({ tree }: Parsed, node: Node): number =>
  tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
