import {
  type ArrayLiteralExpression,
  type BinaryExpression,
  type ElementAccessExpression,
  isArrayLiteralExpression,
  isBinaryExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  type Node,
  type PropertyAccessExpression,
  SyntaxKind,
  type TemplateLiteral,
} from 'typescript/unstable/ast'
import { objectValue } from './object-value.ts'
import type { ParameterTracer } from './parameter-tracer.ts'
import type { Scope } from './scope.ts'
import {
  anyFieldValue,
  fieldValue,
  freeValue,
  holdsParameter,
  listValue,
  preferValueWithParameters,
  type Value,
} from './value.ts'

/** What an expression holds; undefined when it is of no kind that matters here. */
export function expressionValue(
  node: Node,
  scope: Scope,
  reader: ParameterTracer,
): Value | undefined {
  if (isIdentifier(node)) return scope.find(node.text)
  if (isPropertyAccessExpression(node)) return propertyValue(node, scope, reader)
  if (isElementAccessExpression(node)) return elementValue(node, scope, reader)
  if (isBinaryExpression(node)) return binaryValue(node, scope, reader)
  if (isObjectLiteralExpression(node)) return objectValue(node, scope, reader)
  if (isArrayLiteralExpression(node)) return arrayValue(node, scope, reader)
  if (isConditionalExpression(node)) {
    reader.read(node.condition, scope, 'a condition reads it')
    return preferValueWithParameters(
      reader.value(node.whenTrue, scope),
      reader.value(node.whenFalse, scope),
    )
  }
  if (isTemplateExpression(node)) {
    for (const part of partsOf(node)) reader.read(part, scope, 'a template string reads it')
    return freeValue
  }
  if (isTaggedTemplateExpression(node)) {
    const tag = reader.value(node.tag, scope)
    for (const part of partsOf(node.template)) {
      const value = reader.value(part, scope)
      if (tag.is === 'outside' && holdsParameter(value)) {
        reader.refuse(part, scope, 'a template string reads it')
      }
    }
    return freeValue
  }
  return undefined
}

const partsOf = (template: TemplateLiteral): Node[] =>
  isTemplateExpression(template)
    ? [...template.templateSpans].map(({ expression }) => expression)
    : []

function propertyValue(
  node: PropertyAccessExpression,
  scope: Scope,
  reader: ParameterTracer,
): Value {
  const value = reader.value(node.expression, scope)
  const name = node.name.text
  if (value.is === 'parameter') reader.refuse(node.expression, scope, `.${name} reads it`)
  return fieldValue(value, name)
}

function elementValue(node: ElementAccessExpression, scope: Scope, reader: ParameterTracer): Value {
  const value = reader.value(node.expression, scope)
  const { argumentExpression: key } = node
  reader.read(key, scope, 'an index reads it')
  if (value.is === 'parameter') reader.refuse(node.expression, scope, 'an index reads it')
  if (isStringLiteral(key)) return fieldValue(value, key.text)
  return value.is === 'outside' ? value : anyFieldValue(value)
}

/** These give one of their sides, and look at the left one. */
const choices = new Set([
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandToken,
])

function binaryValue(node: BinaryExpression, scope: Scope, reader: ParameterTracer): Value {
  const { left, right, operatorToken } = node
  const sign = operatorToken.getText(scope.module.tree)
  const how = `${sign} reads it`
  if (choices.has(operatorToken.kind)) {
    // Whether there is a record is known; what `?.` finds in it is a parameter or nothing.
    const isOptional = isPropertyAccessExpression(left) && left.questionDotToken !== undefined
    const one = isOptional ? reader.value(left, scope) : reader.read(left, scope, how)
    return preferValueWithParameters(one, reader.value(right, scope))
  }
  if (sign === '=' || sign === ',') {
    reader.value(left, scope)
    const value = reader.value(right, scope)
    const isNamed = sign === '=' && isIdentifier(left)
    if (isNamed) scope.bind(left.text, preferValueWithParameters(scope.find(left.text), value))
    return value
  }
  // Whether a function was handed one at all is known.
  if (isIdentifier(left) && isIdentifier(right) && right.text === 'undefined') return freeValue
  reader.read(left, scope, how)
  reader.read(right, scope, how)
  return freeValue
}

function arrayValue(node: ArrayLiteralExpression, scope: Scope, reader: ParameterTracer): Value {
  let element = freeValue
  for (const one of node.elements) {
    const value = isSpreadElement(one)
      ? anyFieldValue(reader.read(one.expression, scope, 'spreading reads it'))
      : reader.value(one, scope)
    element = preferValueWithParameters(element, value)
  }
  return listValue(element)
}
