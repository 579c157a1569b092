import type { Effect } from '../sql/effect.ts'
import type { Argument, Routine, Type } from '../sql/routine.ts'
import { type Nullability, readNullability } from './nullability.ts'
import {
  argumentType,
  resultType,
  type TypescriptType,
  toTypescriptType,
} from './typescript-type.ts'

/** What the caller of a function is written from. */
type Described = {
  readonly routine: Routine
  /** The text of its file. */
  readonly text: string
  readonly effect: Effect
  /** What it is called in the database. */
  readonly name: string
}

/** A typed caller: one property of `call`. */
export function callerText({ routine, text, effect, name }: Described): string {
  const said = readNullability(text)
  const known = {
    ...said,
    mayBeNull: said.mayBeNull ?? [],
  }
  refuseUnknownNames(routine, known)
  const args = routine.arguments.map((it, n) => {
    const mark = n < routine.arguments.length - routine.defaults ? '' : '?'
    const type = argumentType(typeIn(routine, it.type), known.mayBeNull.includes(plainName(it)))
    return `${keyOf(it)}${mark}: ${type}`
  })
  const parameters = routine.arguments.map((it) => [keyOf(it), it.name, it.type.name])
  const { make, types, last } = resultOf(routine, known.neverNull)
  return `${docOf(known.comment)}
  ${camel(routine.name)}: ${make}<{ ${args.join('; ')} }, ${types}, '${effect}'>(
    '${name}', ${JSON.stringify(parameters)}, ${last}),`
}

type Made = { readonly make: string; readonly types: string; readonly last: string }

function resultOf(routine: Routine, neverNull: Nullability['neverNull']): Made {
  const mayBeNull = (it: string) =>
    typeof neverNull === 'boolean' ? !neverNull : !neverNull.includes(it)
  const isTable = routine.outputs.length > 1 || (routine.isSet && routine.outputs.length === 1)
  if (isTable) return tableOf(routine, routine.outputs, mayBeNull)
  if (routine.result.name === 'void')
    return { make: 'scalarFunction', types: 'void', last: "'void'" }
  const type = typeIn(routine, routine.result)
  const isRow = type.table !== undefined && !type.isArray
  if (isRow) {
    const types = resultType(type, !routine.isSet && mayBeNull(''))
    return {
      make: routine.isSet ? 'tableRowsFunction' : 'oneRowFunction',
      types,
      last: type.table ?? '',
    }
  }
  if (routine.isSet) return tableOf(routine, [{ name: 'value', type: routine.result }], mayBeNull)
  return {
    make: 'scalarFunction',
    types: resultType(type, mayBeNull('')),
    last: `'${routine.result.name}'`,
  }
}

function tableOf(
  routine: Routine,
  columns: readonly Argument[],
  mayBeNull: (name: string) => boolean,
): Made {
  const types = columns.map(
    (it) => `${keyOf(it)}: ${resultType(typeIn(routine, it.type), mayBeNull(plainName(it)))}`,
  )
  const names = columns.map((it) => `${keyOf(it)}: ${JSON.stringify([it.name, it.type.name])}`)
  return { make: 'rowsFunction', types: `{ ${types.join('; ')} }`, last: `{ ${names.join(', ')} }` }
}

function typeIn({ name }: Routine, type: Type): TypescriptType {
  const written = toTypescriptType(type)
  if (!written)
    throw new Error(`The function ${name} has a type that no caller can have: ${type.name}`)
  return written
}

function refuseUnknownNames(routine: Routine, { mayBeNull, neverNull }: Nullability): void {
  const args = routine.arguments.map(plainName)
  const columns = routine.outputs.map(plainName)
  const named = Array.isArray(neverNull) ? neverNull : []
  const unknown =
    mayBeNull?.find((it) => !args.includes(it)) ?? named.find((it) => !columns.includes(it))
  if (unknown)
    throw new Error(
      `The comment of the function ${routine.name} names an argument or a column that the function does not have: ${unknown}`,
    )
  const keys = routine.arguments.map(keyOf)
  const twice = keys.find((key, n) => keys.indexOf(key) !== n || key === '')
  if (twice !== undefined)
    throw new Error(
      `The function ${routine.name} has two arguments with the same name, or an argument without a name: ${twice}`,
    )
}

const plainName = ({ name }: Argument): string => name.replace(/^a_/, '')
const camel = (name: string): string =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
const keyOf = (it: Argument): string => camel(plainName(it))

const docOf = (comment: string): string =>
  comment === '' ? '' : `  /** ${comment.replaceAll('*/', '* /').replaceAll('\n', '\n   * ')} */`
