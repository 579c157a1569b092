import { type NamedFunction, nameAll } from '../../../dev/functions/name.ts'
import type { FunctionSet } from '../../../dev/functions/set.ts'
import { setOf } from '../../../dev/functions/set.ts'
import type { Source } from '../../../dev/functions/source.ts'

type Options = { readonly parameters?: string; readonly fixed?: boolean }

/** A function in the language SQL that answers with a number. */
export function source(name: string, body: string, options: Options = {}): Source {
  const { parameters = 'n int', fixed = false } = options
  const text = `create or replace function ${name}(${parameters}) returns int\nlanguage sql as $$\n  ${body}\n$$;`
  return { name, text, file: `sql/${name}.sql`, fixed }
}

export const setFrom = (...sources: readonly Source[]): FunctionSet => setOf(nameAll(sources))

/** The function of a plain name. */
export function pick(functions: readonly NamedFunction[], name: string): NamedFunction {
  const found = functions.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} is not there`)
  return found
}
