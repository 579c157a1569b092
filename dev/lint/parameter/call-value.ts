import {
  type CallExpression,
  isIdentifier,
  isSpreadElement,
  type Node,
} from 'typescript/unstable/ast'
import type { ParameterTracer } from './parameter-tracer.ts'
import type { Scope } from './scope.ts'
import {
  anyFieldValue,
  freeValue,
  holdsParameter,
  listValue,
  parameterRecordValue,
  type Value,
} from './value.ts'

/** A call: who gets parameters, and what comes back. */
export function callValue(node: CallExpression, scope: Scope, reader: ParameterTracer): Value {
  const { expression: callee } = node
  const called = reader.value(callee, scope)
  const given = [...node.arguments].map((one) => argument(one, scope, reader))
  if (called.is === 'parameter') reader.refuse(callee, scope, 'a call reads it')
  if (called.is === 'function') return reader.apply(called, given)
  if (called.is === 'method') return methodValue(node, { called, given }, scope, reader)
  if (called.is === 'outside') {
    const at = given.findIndex(isRead(callee, scope))
    const read = node.arguments[at]
    if (read) {
      reader.refuse(
        read,
        scope,
        `${textOf(callee, scope)}(…) reads it, which is not of the builder`,
      )
    }
  }
  return called.is === 'free' ? builderValue(callee, given, reader) : freeValue
}

/** The names of a record are known, so the language's own functions may look at these. */
const isRead =
  (callee: Node, scope: Scope) =>
  (value: Value): boolean => {
    const isOfNames = /^Object\.(keys|values|entries|assign|fromEntries)$/.test(
      textOf(callee, scope),
    )
    return isOfNames ? value.is === 'parameter' : holdsParameter(value)
  }

function argument(node: Node, scope: Scope, reader: ParameterTracer): Value {
  if (!isSpreadElement(node)) return reader.value(node, scope)
  const value = reader.value(node.expression, scope)
  if (value.is === 'parameter') reader.refuse(node.expression, scope, 'spreading reads it')
  return anyFieldValue(value)
}

const lists = new Set(['useCase', 'directCall', 'rowFunction'])

/** The builder takes parameters. Where it writes a list of statements, that one gets them. */
function builderValue(callee: Node, given: readonly Value[], reader: ParameterTracer): Value {
  if (!isIdentifier(callee)) return freeValue
  if (callee.text === 'pick') return given[0] ?? freeValue
  const list = given[2]
  if (lists.has(callee.text) && list?.is === 'function') reader.apply(list, [parameterRecordValue])
  return freeValue
}

type Method = {
  readonly called: Value & { readonly is: 'method' }
  readonly given: readonly Value[]
}

const texts = new Set([
  'join',
  'includes',
  'indexOf',
  'lastIndexOf',
  'toString',
  'toSorted',
  'sort',
])
const tests = new Set(['filter', 'find', 'findIndex', 'some', 'every', 'findLast'])

/** What is done with a list whose elements may be parameters; the list itself is known. */
function methodValue(
  node: CallExpression,
  { called: { name, element }, given }: Method,
  scope: Scope,
  reader: ParameterTracer,
): Value {
  if (texts.has(name) && holdsParameter(element)) {
    reader.refuse(node, scope, `.${name}(…) reads what is in the list`)
  }
  const [first] = given
  if (first?.is !== 'function') return listValue(element)
  const isReduced = name.startsWith('reduce')
  const made = reader.apply(first, isReduced ? [given[1] ?? freeValue, element] : [element])
  if (tests.has(name) && made.is === 'parameter') {
    reader.refuse(node, scope, `.${name}(…) reads it`)
  }
  if (name === 'map') return listValue(made)
  if (name === 'flatMap') return listValue(anyFieldValue(made))
  return isReduced ? made : listValue(element)
}

const textOf = (node: Node, { module }: Scope): string => node.getText(module.tree)
