import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  API,
  type Checker,
  SignatureKind,
  type Type,
  type Symbol as TypeSymbol,
} from 'typescript/unstable/sync'
import { buildSdk } from '../../dev/sdk.ts'

/** A member of the client, as an editor shows it. */
export type Member = { readonly path: string; readonly type: string; readonly text: string }

const PROGRAM = `import { Commerce } from './sdk/index.js'
export * from './sdk/index.js'
export const commerce = new Commerce({ baseUrl: 'http://localhost:8787' })
`
const CONFIG = `{ "compilerOptions": { "module": "nodenext", "strict": true, "target": "es2022", "types": [] }, "files": ["shop.ts"] }`

/**
 * Every member that a program reaches from the built client and its exports: calls, what they take, and what they resolve with. The texts
 * are those of TypeScript's own service, which editors ask.
 */
export async function membersOfSdk(): Promise<readonly Member[]> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-editor-'))
  try {
    await buildSdk(join(folder, 'sdk'))
    await writeFile(join(folder, 'shop.ts'), PROGRAM)
    await writeFile(join(folder, 'tsconfig.json'), CONFIG)
    return readMembers(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function readMembers(folder: string): readonly Member[] {
  const api = new API({ cwd: folder })
  try {
    const config = join(folder, 'tsconfig.json')
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
    const file = join(folder, 'shop.ts')
    const source = project?.program.getSourceFile(file)
    const module = source && project?.checker.getSymbolAtLocation(source)
    if (!project || !module) throw new Error('TypeScript does not open the program.')
    const faults = project.program.getSemanticDiagnostics(file)
    if (faults.length > 0) throw new Error(JSON.stringify(faults))
    return walk(project.checker, project.checker.getExportsOfModule(module))
  } finally {
    api.close()
  }
}

function walk(checker: Checker, exports: readonly TypeSymbol[]): readonly Member[] {
  const members: Member[] = []
  const seen = new Set<number>()

  function visit(path: string, type: Type | undefined): void {
    if (type === undefined || seen.has(type.id)) return
    seen.add(type.id)
    const parts = type.isUnionType() || type.isIntersectionType() ? type.getTypes() : []
    for (const part of parts) visit(path, part)
    for (const argument of argumentsOf(type)) visit(path, argument)
    for (const kind of [SignatureKind.Call, SignatureKind.Construct])
      for (const signature of checker.getSignaturesOfType(type, kind)) {
        for (const parameter of signature.getParameters())
          visit(`${path}(${parameter.name})`, checker.getTypeOfSymbol(parameter))
        visit(`${path}()`, checker.getReturnTypeOfSignature(signature))
      }
    for (const property of checker.getPropertiesOfType(type)) {
      if (!isOurs(property)) continue
      const name = `${path}.${property.name}`
      const inner = checker.getTypeOfSymbol(property)
      const text = property.getDocumentationComment(checker)
      members.push({ path: name, type: inner ? checker.typeToString(inner) : '', text })
      visit(name, inner)
    }
  }

  /** Of a promise, a list or an array. */
  const argumentsOf = (type: Type): readonly Type[] =>
    type.isTypeReference() ? checker.getTypeArguments(type) : []

  for (const one of exports) {
    const symbol = one.declarations.length > 0 ? one : checker.getAliasedSymbol(one)
    visit(one.name, checker.getTypeOfSymbol(symbol))
    visit(one.name, checker.getDeclaredTypeOfSymbol(symbol))
  }
  return members
}

/** Members of the language's own types have texts of their own. */
const isOurs = ({ declarations, name }: TypeSymbol): boolean =>
  !/^(prototype$|__#)/.test(name) && declarations.some(({ path }) => path.includes('/sdk/'))
