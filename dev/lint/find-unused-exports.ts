import type { Node } from 'typescript/unstable/ast'
import { lineOf, type Mistake, type Parsed } from './parse.ts'
import { type Exports, exportsOf } from './read-exports.ts'
import { type ImportedName, importedNames } from './read-imported-names.ts'
import type { Aliases } from './read-imports.ts'

/** Files whose exports need no importer here: the SDK, files of the build, and files that are only type-checked. */
const isOpen = (file: string): boolean =>
  /^src\/sdk\/|\/generated\/|^src\/db\/function-call\.ts$|\.(d|check)\.ts$/.test(file)

/** The build takes these from the files of statements, by what they are. */
const isForBuild = (file: string, node: Node): boolean =>
  file.includes('/query/') && /= (rowFunction|useCase|directCall)\(/.test(node.getText())

type All = ReadonlyMap<string, Exports>

/** Exported names that no other file imports. */
export function findUnusedExports(parsed: readonly Parsed[], aliases: Aliases): Mistake[] {
  const exports: All = new Map(parsed.map((one) => [one.file, exportsOf(one, aliases)]))
  const used = usedOf(
    parsed.flatMap((one) => importedNames(one, aliases)),
    exports,
  )
  return parsed.flatMap((one) => {
    const { file } = one
    const { names = [], all = [] } = exports.get(file) ?? {}
    if (isOpen(file)) return []
    const isUnused = (name: string) => !used.has(`${file} ${name}`)
    const at = (node: Node, says: string) => ({ file, line: lineOf(one, node), says })
    const own = names
      .filter(({ name, node }) => isUnused(name) && !isForBuild(file, node))
      .map(({ name, node }) =>
        at(
          node,
          `no other file imports ${name} from here: do not export it; if nothing uses it, delete it`,
        ),
      )
    const passed = all.flatMap(({ node, file: from }) => {
      const unused = namesOf(from, exports).filter(isUnused)
      if (unused.length === 0) return []
      return [
        at(node, `no other file imports ${unused.join(', ')} from here: name what is passed on`),
      ]
    })
    return [...own, ...passed]
  })
}

/** All names that a file exports. */
function namesOf(file: string, exports: All): string[] {
  const { names = [], all = [] } = exports.get(file) ?? {}
  const passed = all.flatMap((from) => namesOf(from.file, exports))
  return [...new Set([...names.map(({ name }) => name), ...passed])]
}

/** The names that the uses come to, through files that pass them on. */
function usedOf(uses: readonly ImportedName[], exports: All): Set<string> {
  const used = new Set<string>()
  const use = (file: string, name: string): void => {
    const key = `${file} ${name}`
    if (used.has(key)) return
    used.add(key)
    const { names = [], all = [] } = exports.get(file) ?? {}
    const own = names.filter((one) => one.name === name)
    for (const { of } of own) if (of !== undefined) use(of.file, of.name)
    if (own.length === 0) for (const from of all) use(from.file, name)
  }
  for (const { file, name } of uses) {
    for (const one of name === undefined ? namesOf(file, exports) : [name]) use(file, one)
  }
  return used
}
