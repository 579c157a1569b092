import type { Mistake, Parsed } from '../parse.ts'
import type { Aliases } from '../read-imports.ts'
import { readModule } from './module.ts'
import { ParameterTracer } from './parameter-tracer.ts'
import { Scope } from './scope.ts'

const isOfStatements = (file: string): boolean => /^src\/core\/[^/]+\/query\//.test(file)

/** Finds code that reads the value of a parameter. It has none while the statements of a use case are built. */
export function findParameterReads(parsed: readonly Parsed[], aliases: Aliases): Mistake[] {
  const modules = new Map(
    parsed
      .filter(({ file }) => isOfStatements(file))
      .map((one) => [one.file, readModule(one, aliases)] as const),
  )
  const reader = new ParameterTracer()
  for (const module of modules.values()) {
    const scope = new Scope(module, modules)
    for (const node of module.functions.values()) reader.define(node, scope)
    reader.inside(module.tree, scope)
  }
  return reader.mistakes
}
