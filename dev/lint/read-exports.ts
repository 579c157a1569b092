import {
  isClassDeclaration,
  isEnumDeclaration,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isNamedExports,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import type { Parsed } from './parse.ts'
import { type Aliases, resolveSpecifier } from './read-imports.ts'

/** A name that a file exports. */
type Export = {
  readonly node: Node
  readonly name: string
  /** The name in another file that it passes on; undefined where it is the file's own. */
  readonly of?: { readonly file: string; readonly name: string } | undefined
}

export type Exports = {
  readonly names: readonly Export[]
  /** The files of which it passes on everything. */
  readonly all: readonly { readonly node: Node; readonly file: string }[]
}

export function exportsOf(parsed: Parsed, aliases: Aliases): Exports {
  const names: Export[] = []
  const all: { node: Node; file: string }[] = []
  for (const node of parsed.tree.statements) {
    if (!isExportDeclaration(node)) {
      if (isExported(node)) names.push(...declaredBy(node).map((name) => ({ node, name })))
      continue
    }
    const { moduleSpecifier: given, exportClause: clause } = node
    const file =
      given && isStringLiteral(given)
        ? resolveSpecifier(given.text, parsed.file, aliases)
        : undefined
    if (clause === undefined && file !== undefined) all.push({ node, file })
    if (clause === undefined || !isNamedExports(clause)) continue
    for (const { name, propertyName } of clause.elements) {
      const of = file === undefined ? undefined : { file, name: (propertyName ?? name).text }
      names.push({ node, name: name.text, of })
    }
  }
  return { names, all }
}

function isExported(node: Node): boolean {
  if (!('modifiers' in node) || !Array.isArray(node.modifiers)) return false
  const kinds = node.modifiers.map((one: Node) => one.kind)
  return kinds.includes(SyntaxKind.ExportKeyword) && !kinds.includes(SyntaxKind.DefaultKeyword)
}

function declaredBy(node: Node): string[] {
  if (isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) =>
      isIdentifier(name) ? [name.text] : namesIn(name),
    )
  }
  const isNamed =
    isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isEnumDeclaration(node) ||
    isInterfaceDeclaration(node) ||
    isTypeAliasDeclaration(node)
  return isNamed && node.name ? [node.name.text] : []
}

/** The names of `const { a, b: c } = …`. */
function namesIn(pattern: Node): string[] {
  const found: string[] = []
  pattern.forEachChild((element) => {
    const name = 'name' in element ? (element.name as Node) : undefined
    if (name !== undefined) found.push(...(isIdentifier(name) ? [name.text] : namesIn(name)))
  })
  return found
}
