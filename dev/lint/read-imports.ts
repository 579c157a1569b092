import { dirname, join } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
  SyntaxKind,
} from 'typescript/unstable/ast'
import { lineOf, type Parsed } from './parse.ts'

export type Import = {
  readonly from: string
  readonly line: number
  readonly specifier: string
  /** The file of ours that it stands for. */
  readonly to: string | undefined
  /** `type`: nothing of it is there at run time. `later`: loaded when it is called for. */
  readonly when: 'type' | 'start' | 'later'
}

/** The `imports` of package.json: what stands for `*` is the same on both sides. */
export type Aliases = Readonly<Record<string, string>>

/** What each file imports, in the order of its text. */
export function importsOf(
  parsed: readonly Parsed[],
  aliases: Aliases,
): ReadonlyMap<string, readonly Import[]> {
  const files = new Set(parsed.map(({ file }) => file))
  return new Map(
    parsed.map((one) => {
      const found = findIn(one).map(({ node, specifier, when }): Import => {
        const path = resolveSpecifier(specifier, one.file, aliases)
        const to = path !== undefined && files.has(path) ? path : undefined
        return { from: one.file, line: lineOf(one, node), specifier, to, when }
      })
      return [one.file, found]
    }),
  )
}

type Found = { readonly node: Node; readonly specifier: string; readonly when: Import['when'] }

function findIn({ tree }: Parsed): Found[] {
  const atStart = tree.statements.flatMap((node): Found[] => {
    if (!isImportDeclaration(node) && !isExportDeclaration(node)) return []
    const { moduleSpecifier: given } = node
    if (given === undefined || !isStringLiteral(given)) return []
    return [{ node, specifier: given.text, when: isTypeOnly(node) ? 'type' : 'start' }]
  })
  return [...atStart, ...findLater(tree)]
}

/** `import { type A }` is no such import: its module is loaded, for nothing. */
function isTypeOnly(node: Node): boolean {
  if (isExportDeclaration(node)) return node.isTypeOnly
  if (!isImportDeclaration(node)) return false
  return node.importClause?.phaseModifier === SyntaxKind.TypeKeyword
}

function findLater(tree: SourceFile): Found[] {
  const found: Found[] = []
  if (!tree.text.includes('import(')) return found
  const visit = (node: Node): void => {
    if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
      const [given] = node.arguments
      if (given !== undefined && isStringLiteral(given)) {
        found.push({ node, specifier: given.text, when: 'later' })
      }
    }
    node.forEachChild(visit)
  }
  visit(tree)
  return found
}

/** The path that a specifier stands for; undefined for a package. */
export function resolveSpecifier(
  specifier: string,
  from: string,
  aliases: Aliases,
): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(from), specifier)
  const exact = aliases[specifier]
  if (exact !== undefined) return join(exact)
  const [key, target] =
    Object.entries(aliases)
      .filter(([alias]) => alias.endsWith('*') && specifier.startsWith(alias.slice(0, -1)))
      .sort(([a], [b]) => b.length - a.length)[0] ?? []
  if (key === undefined || target === undefined) return undefined
  return join(target.replaceAll('*', specifier.slice(key.length - 1)))
}
