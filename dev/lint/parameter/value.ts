import type { FunctionNode } from './module.ts'
import type { Scope } from './scope.ts'

/** What an expression may hold while the statements of a use case are written, as far as parameters go. */
export type Value =
  /** No parameter is in it, and what is called on it may take some: a table, a statement, a constant. */
  | { readonly is: 'free' }
  /** A parameter, which has no value yet. */
  | { readonly is: 'parameter' }
  | { readonly is: 'record'; readonly fields: ReadonlyMap<string, Value>; readonly rest: Value }
  | { readonly is: 'list'; readonly element: Value }
  /** What is called of a list. */
  | { readonly is: 'method'; readonly name: string; readonly element: Value }
  | { readonly is: 'function'; readonly node: FunctionNode; readonly scope: Scope }
  /** Code that knows nothing of the builder. */
  | { readonly is: 'outside' }

export const freeValue: Value = { is: 'free' }
const parameter: Value = { is: 'parameter' }
export const outsideValue: Value = { is: 'outside' }
/** What a use case hands to its list: each property is a parameter. */
export const parameterRecordValue: Value = { is: 'record', fields: new Map(), rest: parameter }

export const listValue = (element: Value): Value =>
  element.is === 'free' ? freeValue : { is: 'list', element }

export function fieldValue(value: Value, name: string): Value {
  if (value.is === 'record') return value.fields.get(name) ?? value.rest
  if (value.is === 'list') return { is: 'method', name, element: value.element }
  return value.is === 'outside' ? outsideValue : freeValue
}

/** Any of the fields. */
export const anyFieldValue = (value: Value): Value =>
  value.is === 'record'
    ? [...value.fields.values()].reduce(preferValueWithParameters, value.rest)
    : value.is === 'list'
      ? value.element
      : freeValue

/** One of two: of more use to the check is the one with parameters. */
export function preferValueWithParameters(one: Value, other: Value): Value {
  if (one.is === 'record' && other.is === 'record') {
    const names = new Set([...one.fields.keys(), ...other.fields.keys()])
    const fields = [...names].map(
      (name) =>
        [name, preferValueWithParameters(fieldValue(one, name), fieldValue(other, name))] as const,
    )
    return {
      is: 'record',
      fields: new Map(fields),
      rest: preferValueWithParameters(one.rest, other.rest),
    }
  }
  if (one.is === 'list' && other.is === 'list')
    return listValue(preferValueWithParameters(one.element, other.element))
  return weight(one) >= weight(other) ? one : other
}

const order: readonly Value['is'][] = [
  'free',
  'outside',
  'method',
  'function',
  'list',
  'record',
  'parameter',
]
const weight = ({ is }: Value): number => order.indexOf(is)

export function holdsParameter(value: Value): boolean {
  if (value.is === 'parameter') return true
  if (value.is === 'list' || value.is === 'record') return holdsParameter(anyFieldValue(value))
  return false
}

/** The same text for values that the check cannot tell apart. */
export function valueKey(value: Value): string {
  if (value.is === 'record') {
    const fields = [...value.fields].map(([name, field]) => `${name}:${valueKey(field)}`)
    return `{${fields.sort()} ${valueKey(value.rest)}}`
  }
  if (value.is === 'list' || value.is === 'method') return `${value.is}(${valueKey(value.element)})`
  return value.is === 'function'
    ? `function@${value.scope.module.file}:${value.node.pos}`
    : value.is
}
