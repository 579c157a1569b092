import type { FunctionSet } from '../../../dev/functions/function-set.ts'
import { toFunctionSet } from '../../../dev/functions/function-set.ts'
import { type NamedFunction, nameFunctions } from '../../../dev/functions/name.ts'
import type { Source } from '../../../dev/functions/source.ts'

/** A function in the language SQL that makes a number of a number. */
export function source(name: string, body: string): Source {
  const text = `create or replace function ${name}(n int) returns int\nlanguage sql as $$\n  ${body}\n$$;`
  return { name, text, file: `sql/${name}.sql` }
}

export const setFrom = (...sources: readonly Source[]): FunctionSet =>
  toFunctionSet(nameFunctions(sources))

/** The function of a plain name. */
export function pick(functions: readonly NamedFunction[], name: string): NamedFunction {
  const found = functions.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} is not there`)
  return found
}
