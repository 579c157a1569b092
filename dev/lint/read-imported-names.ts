import {
  isCallExpression,
  isImportDeclaration,
  isImportTypeNode,
  isNamedImports,
  isNamespaceImport,
  isStringLiteral,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast'
import type { Parsed } from './parse.ts'
import { type Aliases, resolveSpecifier } from './read-imports.ts'

/** A name of a file, or all of them. */
export type ImportedName = { readonly file: string; readonly name: string | undefined }

/** The names of other files that a file asks for. */
export function importedNames({ file, tree }: Parsed, aliases: Aliases): ImportedName[] {
  const { text } = tree
  const at = (specifier: string) => resolveSpecifier(specifier, file, aliases)
  return [...tree.statements.flatMap((node) => importedBy(node, text, at)), ...laterIn(tree, at)]
}

const later = /(?:\{([^{}]*)\} = await )?\bimport\(\s*'([^']+)',?\s*\)\)?(?:\.(\w+))?/g

/** Of a file that is loaded later: the names that are taken out at once, else all. */
function laterIn(tree: SourceFile, at: At): ImportedName[] {
  if (!tree.text.includes('import(')) return []
  const places = placesIn(tree)
  return [...tree.text.matchAll(later)].flatMap(
    ({ 0: all, 1: taken, 2: to = '', 3: asked, index }) => {
      const file = places.has(index + all.indexOf('import(')) ? at(to) : undefined
      if (file === undefined) return []
      const names = [...(taken ?? '').matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => name)
      if (asked !== undefined && asked !== 'then') names.push(asked)
      return names.length === 0 ? whole(file) : names.map((name) => ({ file, name }))
    },
  )
}

/** Where the code says `import(…)`, and not a text that it has. */
function placesIn(tree: SourceFile): Set<number> {
  const places = new Set<number>()
  const visit = (node: Node): void => {
    const isCall = isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword
    if (isCall || isImportTypeNode(node)) {
      places.add(tree.text.indexOf('import(', node.getStart(tree)))
    }
    node.forEachChild(visit)
  }
  visit(tree)
  return places
}

const whole = (file: string | undefined): ImportedName[] =>
  file === undefined ? [] : [{ file, name: undefined }]

type At = (specifier: string) => string | undefined

function importedBy(node: Node, text: string, at: At): ImportedName[] {
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
function askedOf(all: string, text: string, file: string): ImportedName[] {
  const asked = [...text.matchAll(new RegExp(`(?<![\\w.])${all}\\b(?:\\.(\\w+))?`, 'g'))]
  const names = asked.map(([, name]) => name)
  // One of them is the import itself.
  if (names.filter((name) => name === undefined).length > 1) return whole(file)
  return names.flatMap((name) => (name === undefined ? [] : [{ file, name }]))
}
