import {
  type ArrowFunction,
  type FunctionDeclaration,
  type FunctionExpression,
  isArrowFunction,
  isExportDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isNamedExports,
  isNamedImports,
  isNamespaceImport,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  type TypeNode,
} from 'typescript/unstable/ast'
import type { Parsed } from '../parse.ts'
import { type Aliases, resolveSpecifier } from '../read-imports.ts'

export type Origin = {
  readonly specifier: string
  /** The path that it stands for. */
  readonly path: string | undefined
  /** What it is called there; undefined for all of it. */
  readonly name: string | undefined
}

/** A file of statements: what its names stand for. */
export type Module = Parsed & {
  readonly functions: ReadonlyMap<string, FunctionNode>
  readonly types: ReadonlyMap<string, TypeNode>
  readonly constants: ReadonlySet<string>
  readonly imported: ReadonlyMap<string, Origin>
  /** What it exports of others: under a name, or all (`*`). */
  readonly passed: readonly (Origin & { readonly as: string })[]
}

export type FunctionNode = ArrowFunction | FunctionExpression | FunctionDeclaration

export const isFunctionNode = (node: Node | undefined): node is FunctionNode =>
  node !== undefined &&
  (isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node))

export function readModule(parsed: Parsed, aliases: Aliases): Module {
  const functions = new Map<string, FunctionNode>()
  const types = new Map<string, TypeNode>()
  const constants = new Set<string>()
  for (const node of parsed.tree.statements) {
    if (isFunctionDeclaration(node) && node.name) functions.set(node.name.text, node)
    if (isTypeAliasDeclaration(node)) types.set(node.name.text, node.type)
    if (!isVariableStatement(node)) continue
    for (const { name, initializer } of node.declarationList.declarations) {
      if (!isIdentifier(name)) continue
      if (isFunctionNode(initializer)) functions.set(name.text, initializer)
      else constants.add(name.text)
    }
  }
  const at = (specifier: string) => ({
    specifier,
    path: resolveSpecifier(specifier, parsed.file, aliases),
  })
  const imported = new Map(parsed.tree.statements.flatMap((node) => importedBy(node, at)))
  const passed = parsed.tree.statements.flatMap((node) => passedBy(node, at))
  return { ...parsed, functions, types, constants, imported, passed }
}

type At = (specifier: string) => Omit<Origin, 'name'>

function importedBy(node: Node, at: At): [string, Origin][] {
  if (!isImportDeclaration(node) || !isStringLiteral(node.moduleSpecifier)) return []
  const origin = at(node.moduleSpecifier.text)
  const { name, namedBindings } = node.importClause ?? {}
  const own: [string, Origin][] = name ? [[name.text, { ...origin, name: 'default' }]] : []
  if (namedBindings === undefined) return own
  if (isNamespaceImport(namedBindings)) {
    return [...own, [namedBindings.name.text, { ...origin, name: undefined }]]
  }
  if (!isNamedImports(namedBindings)) return own
  return namedBindings.elements.map(({ name, propertyName }) => [
    name.text,
    { ...origin, name: (propertyName ?? name).text },
  ])
}

function passedBy(node: Node, at: At): (Origin & { readonly as: string })[] {
  if (!isExportDeclaration(node) || !node.moduleSpecifier) return []
  if (!isStringLiteral(node.moduleSpecifier)) return []
  const origin = at(node.moduleSpecifier.text)
  if (node.exportClause === undefined) return [{ ...origin, name: undefined, as: '*' }]
  if (!isNamedExports(node.exportClause)) return []
  return node.exportClause.elements.map(({ name, propertyName }) => ({
    ...origin,
    name: (propertyName ?? name).text,
    as: name.text,
  }))
}
