import {
  type BindingElement,
  isArrayBindingPattern,
  isBindingElement,
  isIdentifier,
  isIntersectionTypeNode,
  isObjectBindingPattern,
  isStringLiteral,
  isTypeReferenceNode,
  type Node,
  type ParameterDeclaration,
  type TypeNode,
} from 'typescript/unstable/ast'
import type { ParameterTracer } from './parameter-tracer.ts'
import type { Scope } from './scope.ts'
import { anyFieldValue, fieldValue, freeValue, parameterRecordValue, type Value } from './value.ts'

/** Gives the names of a pattern what they stand for. */
export function bindPattern(
  pattern: Node | undefined,
  value: Value,
  scope: Scope,
  reader: ParameterTracer,
): void {
  if (pattern === undefined) return
  if (isIdentifier(pattern)) scope.bind(pattern.text, value)
  if (!isObjectBindingPattern(pattern) && !isArrayBindingPattern(pattern)) return
  if (value.is === 'parameter') reader.refuse(pattern, scope, 'taking it apart reads it')
  for (const element of pattern.elements) {
    if (isBindingElement(element)) bindElement(element, value, scope, reader)
  }
}

function bindElement(
  element: BindingElement,
  value: Value,
  scope: Scope,
  reader: ParameterTracer,
): void {
  const { name, propertyName, dotDotDotToken, initializer } = element
  if (initializer) reader.value(initializer, scope)
  const key = propertyName ?? name
  const isNamed = key !== undefined && (isIdentifier(key) || isStringLiteral(key))
  const field =
    value.is === 'record' && isNamed ? fieldValue(value, key.text) : anyFieldValue(value)
  bindPattern(name, dotDotDotToken ? value : field, scope, reader)
}

/** What a function is given when it is not known who calls it. The name `p`, or the type, says that it is what a use case hands out. */
export const valueFromUnknownCaller = (given: ParameterDeclaration, scope: Scope): Value =>
  (isIdentifier(given.name) && given.name.text === 'p') || isParams(given.type, scope)
    ? parameterRecordValue
    : freeValue

const keepsFields = new Set(['Pick', 'Omit', 'Readonly', 'Partial', 'Required'])

function isParams(type: TypeNode | undefined, scope: Scope): boolean {
  if (type === undefined) return false
  if (isIntersectionTypeNode(type)) return type.types.some((it) => isParams(it, scope))
  if (!isTypeReferenceNode(type) || !isIdentifier(type.typeName)) return false
  const { text } = type.typeName
  if (text === 'ValuesOf') return true
  if (keepsFields.has(text)) return isParams(type.typeArguments?.[0], scope)
  const alias = scope.typeOf(text)
  return alias !== undefined && isParams(alias.node, alias.scope)
}
