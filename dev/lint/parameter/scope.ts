import type { TypeNode } from 'typescript/unstable/ast'
import type { FunctionNode, Module, Origin } from './module.ts'
import { freeValue, outsideValue, type Value } from './value.ts'

type Modules = ReadonlyMap<string, Module>

/** The names that a place can see. */
export class Scope {
  readonly module: Module
  readonly #modules: Modules
  readonly #parent: Scope | undefined
  readonly #names = new Map<string, Value>()
  /** What the function around gives back. */
  readonly returned: Value[] = []

  constructor(module: Module, modules: Modules, parent?: Scope) {
    this.module = module
    this.#modules = modules
    this.#parent = parent
  }

  within(): Scope {
    return new Scope(this.module, this.#modules, this)
  }

  bind(name: string, value: Value): void {
    this.#names.set(name, value)
  }

  find(name: string): Value {
    const own = this.#names.get(name)
    if (own !== undefined) return own
    if (this.#parent !== undefined) return this.#parent.find(name)
    return this.#findInModule(name)
  }

  #findInModule(name: string): Value {
    const { functions, constants, imported } = this.module
    const node = functions.get(name)
    if (node !== undefined) return { is: 'function', node, scope: this }
    if (constants.has(name) || name === 'undefined') return freeValue
    const origin = imported.get(name)
    return origin === undefined ? outsideValue : this.#findOutside(origin)
  }

  /** The builder and the tables are free to take parameters; other statements are looked into; all else would read them. */
  #findOutside({ specifier, path, name }: Origin): Value {
    if (/^(drizzle-orm|#db)(\/|$)/.test(specifier) || path?.includes('/generated/'))
      return freeValue
    const target = this.#modules.get(path ?? '')
    if (target === undefined) return outsideValue
    const found = exported(name ?? '', target, this.#modules)
    if (found === undefined) return freeValue
    return { is: 'function', node: found.node, scope: new Scope(found.module, this.#modules) }
  }

  /** The type that a name stands for. */
  typeOf(name: string): { readonly node: TypeNode; readonly scope: Scope } | undefined {
    const node = this.module.types.get(name)
    if (node !== undefined) return { node, scope: this }
    const origin = this.module.imported.get(name)
    const target = this.#modules.get(origin?.path ?? '')
    if (origin?.name === undefined || target === undefined) return undefined
    const from = [target, ...passedOn(target, this.#modules)].find(({ types }) =>
      types.has(origin.name ?? ''),
    )
    return from && new Scope(from, this.#modules).typeOf(origin.name)
  }
}

type Found = { readonly module: Module; readonly node: FunctionNode }

function exported(name: string, module: Module, modules: Modules): Found | undefined {
  const node = module.functions.get(name)
  if (node !== undefined) return { module, node }
  for (const { path, as, name: there } of module.passed) {
    const target = modules.get(path ?? '')
    if (target === undefined || (as !== '*' && as !== name)) continue
    const found = exported(as === '*' ? name : (there ?? name), target, modules)
    if (found !== undefined) return found
  }
  return undefined
}

/** The modules whose exports this one passes on. */
const passedOn = (module: Module, modules: Modules): Module[] =>
  module.passed.flatMap(({ path }) => {
    const target = modules.get(path ?? '')
    return target === undefined ? [] : [target, ...passedOn(target, modules)]
  })
