import {
  isComputedPropertyName,
  isIdentifier,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteral,
  type Node,
  type ObjectLiteralExpression,
} from 'typescript/unstable/ast'
import type { ParameterTracer } from './parameter-tracer.ts'
import type { Scope } from './scope.ts'
import { anyFieldValue, freeValue, preferValueWithParameters, type Value } from './value.ts'

export function objectValue(
  node: ObjectLiteralExpression,
  scope: Scope,
  reader: ParameterTracer,
): Value {
  const fields = new Map<string, Value>()
  let rest: Value = freeValue
  for (const property of node.properties) {
    if (isSpreadAssignment(property)) {
      const value = reader.read(property.expression, scope, 'spreading reads it')
      if (value.is === 'record') for (const [name, field] of value.fields) fields.set(name, field)
      rest = preferValueWithParameters(
        rest,
        value.is === 'record' ? value.rest : anyFieldValue(value),
      )
    } else if (isShorthandPropertyAssignment(property)) {
      const name = nameOf(property.name, scope, reader)
      if (name !== undefined) fields.set(name, scope.find(name))
    } else if (isPropertyAssignment(property)) {
      const value = reader.value(property.initializer, scope)
      const name = nameOf(property.name, scope, reader)
      if (name === undefined) rest = preferValueWithParameters(rest, value)
      else fields.set(name, value)
    } else {
      reader.inside(property, scope)
    }
  }
  const isFree = rest === freeValue && [...fields.values()].every(({ is }) => is === 'free')
  return isFree ? freeValue : { is: 'record', fields, rest }
}

/** Undefined when it is made while the list is written. */
function nameOf(name: Node, scope: Scope, reader: ParameterTracer): string | undefined {
  if (isIdentifier(name) || isStringLiteral(name)) return name.text
  if (isComputedPropertyName(name)) reader.read(name.expression, scope, 'a name reads it')
  return undefined
}
