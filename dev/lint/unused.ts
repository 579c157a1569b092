import {
  isImportDeclaration,
  isNamedImports,
  isNamespaceImport,
  isStringLiteral,
  type Node,
} from 'typescript/unstable/ast'
import { type Exports, exportsOf } from './export.ts'
import { type Aliases, resolve } from './import.ts'
import { lineOf, type Mistake, type Parsed } from './parse.ts'

/** A name of a file, or all of them. */
type Use = { readonly file: string; readonly name: string | undefined }

/** What others than our own files import (the client), what the build makes or makes it of, and what is compiled and nothing else. */
const isOpen = (file: string): boolean =>
  /^src\/sdk\/|\/generated\/|^src\/db\/call\.ts$|\.(d|check)\.ts$/.test(file)

/** The build takes these from the files of statements, by what they are. */
const isForBuild = (file: string, node: Node): boolean =>
  file.includes('/query/') && /= (rowFunction|useCase|directCall)\(/.test(node.getText())

type All = ReadonlyMap<string, Exports>

/** Exported names that no other file imports. */
export function findUnused(parsed: readonly Parsed[], aliases: Aliases): Mistake[] {
  const exports: All = new Map(parsed.map((one) => [one.file, exportsOf(one, aliases)]))
  const used = usedOf(
    parsed.flatMap((one) => usesOf(one, aliases)),
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
function usedOf(uses: readonly Use[], exports: All): Set<string> {
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

function usesOf({ file, tree }: Parsed, aliases: Aliases): Use[] {
  const { text } = tree
  const at = (specifier: string) => resolve(specifier, file, aliases)
  return [...tree.statements.flatMap((node) => importedBy(node, text, at)), ...laterIn(text, at)]
}

const later = /(?:\{([^{}]*)\} = await )?\bimport\(\s*'([^']+)',?\s*\)\)?(?:\.(\w+))?/g

/** Of a file that is loaded later: the names that are taken out at once, else all. */
const laterIn = (text: string, at: At): Use[] =>
  [...text.matchAll(later)].flatMap(([, taken, specifier = '', asked]) => {
    const file = at(specifier)
    if (file === undefined) return []
    const names = [...(taken ?? '').matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => name)
    if (asked !== undefined && asked !== 'then') names.push(asked)
    return names.length === 0 ? whole(file) : names.map((name) => ({ file, name }))
  })

const whole = (file: string | undefined): Use[] =>
  file === undefined ? [] : [{ file, name: undefined }]

type At = (specifier: string) => string | undefined

function importedBy(node: Node, text: string, at: At): Use[] {
  if (!isImportDeclaration(node) || !isStringLiteral(node.moduleSpecifier)) return []
  const file = at(node.moduleSpecifier.text)
  const bindings = node.importClause?.namedBindings
  if (file === undefined || bindings === undefined) return []
  if (isNamespaceImport(bindings)) return askedOf(bindings.name.text, text, file)
  if (!isNamedImports(bindings)) return []
  return bindings.elements.map(({ name, propertyName }) => ({
    file,
    name: (propertyName ?? name).text,
  }))
}

/** What is asked of `import * as all`: names, or all of them where it is handed on as it is. */
function askedOf(all: string, text: string, file: string): Use[] {
  const asked = [...text.matchAll(new RegExp(`(?<![\\w.])${all}\\b(?:\\.(\\w+))?`, 'g'))]
  const names = asked.map(([, name]) => name)
  // One of them is the import itself.
  if (names.filter((name) => name === undefined).length > 1) return whole(file)
  return names.flatMap((name) => (name === undefined ? [] : [{ file, name }]))
}
