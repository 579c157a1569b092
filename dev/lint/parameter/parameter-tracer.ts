import {
  isAsExpression,
  isBlock,
  isCallExpression,
  isCaseClause,
  isFunctionDeclaration,
  isNonNullExpression,
  isParenthesizedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isSatisfiesExpression,
  isTypeNode,
  isTypeOfExpression,
  type Node,
} from 'typescript/unstable/ast'
import { lineOf, type Mistake } from '../parse.ts'
import { bindPattern, valueFromUnknownCaller } from './bind-names-to-values.ts'
import { callValue } from './call-value.ts'
import { expressionValue } from './expression-value.ts'
import { type FunctionNode, isFunctionNode } from './module.ts'
import type { Scope } from './scope.ts'
import { traceThroughStatement } from './trace-through-statement.ts'
import { freeValue, preferValueWithParameters, type Value, valueKey } from './value.ts'

/** Follows parameters from where a use case hands them out, into every function that gets them. */
export class ParameterTracer {
  readonly #mistakes = new Map<string, Mistake>()
  readonly #calls = new Map<string, Value>()

  get mistakes(): Mistake[] {
    return [...this.#mistakes.values()]
  }

  refuse(node: Node, { module }: Scope, how: string): void {
    const line = lineOf(module, node)
    const text = node.getText(module.tree).replace(/\s+/g, ' ')
    const says = `${text} is a parameter and has no value while the statements are written, but ${how}: say it in SQL`
    this.#mistakes.set(`${module.file}:${node.pos}:${how}`, { file: module.file, line, says })
  }

  /** What an expression holds, where it may be no parameter. */
  read(node: Node, scope: Scope, how: string): Value {
    const value = this.value(node, scope)
    if (value.is !== 'parameter') return value
    this.refuse(node, scope, how)
    return freeValue
  }

  value(node: Node, scope: Scope): Value {
    if (isTypeNode(node)) return freeValue
    if (isPlain(node)) return this.value(node.expression, scope)
    if (isFunctionNode(node) && !traceThroughStatement(node, scope, this)) {
      this.define(node, scope)
      return { is: 'function', node, scope }
    }
    if (isCallExpression(node)) return callValue(node, scope, this)
    if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) {
      return this.read(node.operand, scope, 'an operator reads it')
    }
    if (isTypeOfExpression(node)) return this.read(node.expression, scope, 'typeof reads it')
    const known = expressionValue(node, scope, this)
    if (known !== undefined) return known
    if (isCaseClause(node)) this.read(node.expression, scope, 'a case reads it')
    if (!traceThroughStatement(node, scope, this)) this.inside(node, scope)
    return freeValue
  }

  /** All that is within, except for what was looked at already. */
  inside(node: Node, scope: Scope, except?: Node): void {
    node.forEachChild((child) => {
      if (child !== except) this.value(child, scope)
    })
  }

  /** A function that somebody may call, with the builder's own things. */
  define(node: FunctionNode, scope: Scope): void {
    const given = [...node.parameters].map((one) => valueFromUnknownCaller(one, scope))
    this.apply({ is: 'function', node, scope }, given)
  }

  /** What a function gives back for these values. */
  apply(called: Value & { readonly is: 'function' }, given: readonly Value[]): Value {
    const key = `${valueKey(called)}(${given.map(valueKey)})`
    const known = this.#calls.get(key)
    if (known !== undefined) return known
    this.#calls.set(key, freeValue)
    const value = this.#run(called.node, called.scope.within(), given)
    this.#calls.set(key, value)
    return value
  }

  #run(node: FunctionNode, scope: Scope, given: readonly Value[]): Value {
    for (const [at, { name, initializer }] of [...node.parameters].entries()) {
      if (initializer) this.value(initializer, scope)
      bindPattern(name, given[at] ?? freeValue, scope, this)
    }
    if (node.body === undefined) return freeValue
    if (!isBlock(node.body)) return this.value(node.body, scope)
    // A function may be called above the place where it stands.
    for (const one of node.body.statements) {
      if (isFunctionDeclaration(one) && one.name) {
        scope.bind(one.name.text, { is: 'function', node: one, scope })
      }
    }
    this.inside(node.body, scope)
    return scope.returned.reduce(preferValueWithParameters, freeValue)
  }
}

const isPlain = (node: Node) =>
  isParenthesizedExpression(node) ||
  isAsExpression(node) ||
  isSatisfiesExpression(node) ||
  isNonNullExpression(node)
