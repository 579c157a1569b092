import {
  isDoStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionDeclaration,
  isIfStatement,
  isReturnStatement,
  isSwitchStatement,
  isVariableDeclaration,
  isVariableDeclarationList,
  isWhileStatement,
  type Node,
} from 'typescript/unstable/ast'
import { bindPattern } from './bind-names-to-values.ts'
import type { ParameterTracer } from './parameter-tracer.ts'
import type { Scope } from './scope.ts'
import { anyFieldValue, freeValue } from './value.ts'

/** Looks at a statement; says whether it was of a kind that matters here. */
export function traceThroughStatement(node: Node, scope: Scope, reader: ParameterTracer): boolean {
  if (isVariableDeclaration(node)) {
    const value = node.initializer ? reader.value(node.initializer, scope) : freeValue
    bindPattern(node.name, value, scope, reader)
    return true
  }
  if (isFunctionDeclaration(node)) {
    if (node.name) scope.bind(node.name.text, { is: 'function', node, scope })
    reader.define(node, scope)
    return true
  }
  if (isReturnStatement(node)) {
    if (node.expression) scope.returned.push(reader.value(node.expression, scope))
    return true
  }
  return readBranch(node, scope, reader)
}

function readBranch(node: Node, scope: Scope, reader: ParameterTracer): boolean {
  if (isForOfStatement(node) || isForInStatement(node)) {
    const value = reader.read(node.expression, scope, 'a loop reads it')
    if (isVariableDeclarationList(node.initializer)) {
      for (const { name } of node.initializer.declarations)
        bindPattern(name, anyFieldValue(value), scope, reader)
    }
    reader.value(node.statement, scope)
    return true
  }
  if (isSwitchStatement(node)) {
    reader.read(node.expression, scope, 'a switch reads it')
    reader.inside(node.caseBlock, scope)
    return true
  }
  const condition = isForStatement(node)
    ? node.condition
    : isIfStatement(node) || isWhileStatement(node) || isDoStatement(node)
      ? node.expression
      : undefined
  if (condition === undefined) return false
  reader.read(condition, scope, 'a condition reads it')
  reader.inside(node, scope, condition)
  return true
}
