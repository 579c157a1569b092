import { isNode, listAtKey, type Node, nodeAtPath, numberAtKey, textAtKey } from './node.ts'
import { parsePlpgsql } from './parse.ts'

export type Variable = { readonly name: string; readonly type: string }

/** Something that PostgreSQL looks at only when it runs: a query, or an expression without its SELECT. */
export type Step = {
  /** Counted from the line on which the body opens. */
  readonly line: number
  readonly kind: 'query' | 'expression' | 'return query' | 'execute'
  readonly text: string
  /** What it is assigned to. */
  readonly target?: string
  /** The variable of type record that takes its row. */
  readonly record?: string
  /** How many variables take its columns. */
  readonly takers?: number
}

export type Body = { readonly variables: readonly Variable[]; readonly steps: readonly Step[] }

/** Takes the definition of one PL/pgSQL function apart. */
export function readPlpgsqlBody(definition: string): Body {
  // The parser knows no tables, so it takes an array of rows for an array of records, which cannot be returned.
  const known = definition.replace(/^ RETURNS \S+\[\]$/m, ' RETURNS text[]')
  const made = nodeAtPath(
    listAtKey(nodeAtPath(parsePlpgsql(known)), 'plpgsql_funcs')[0],
    'PLpgSQL_function',
  )
  const datums = listAtKey(made, 'datums')
  return {
    variables: datums.flatMap(variableOf),
    steps: [...datums.flatMap(defaultOf), ...stepsOf(made.action)],
  }
}

function variableOf(datum: unknown): Variable[] {
  const node = variableNode(datum)
  const name = textAtKey(node, 'refname')
  if (name === '' || name === 'found') return []
  return [{ name, type: textAtKey(nodeAtPath(node, 'datatype', 'PLpgSQL_type'), 'typname') }]
}

const variableNode = (datum: unknown): Node =>
  isNode(datum) ? nodeAtPath(datum.PLpgSQL_var ?? datum.PLpgSQL_rec) : {}

function defaultOf(datum: unknown): Step[] {
  const node = variableNode(datum)
  const cursor = query(node, 'cursor_explicit_expr', 'query')
  return [...cursor, ...expression(node, 'default_val')]
}

/** Statements in the order of the text. One of a kind that is not known is not passed over. */
function stepsOf(value: unknown): Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsOf)
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([name, node]) => {
    const read = readers[name.replace('PLpgSQL_', '')]
    if (!read) throw new Error(`the check knows no ${name}`)
    return read(nodeAtPath(node))
  })
}

type Read = (node: Node) => Step[]

/** Reads the expressions of a statement, then what is inside it; what has no line of its own has that of the statement. */
const reader =
  (expressions: readonly string[], inner: readonly string[] = []): Read =>
  (node) =>
    [
      ...expressions.flatMap((key) => expression(node, key)),
      ...inner.flatMap((key) => stepsOf(node[key])),
    ].map((step) => ({ ...step, line: step.line || numberAtKey(node, 'lineno') }))

const readers: Readonly<Record<string, Read>> = {
  stmt_block: (node) => [...stepsOf(node.body), ...stepsOf(node.exceptions)],
  exception_block: reader([], ['exc_list']),
  exception: reader([], ['action']),
  stmt_if: reader(['cond'], ['then_body', 'elsif_list', 'else_body']),
  if_elsif: reader(['cond'], ['stmts']),
  stmt_case: (node) => {
    const [subject] = expression(node, 't_expr')
    // The parser compares with a variable of a type that it makes up.
    const compared = (step: Step) =>
      step.text.replace(/"__Case__Variable_\d+__"/, () => `(${subject?.text})`)
    const whens = stepsOf(node.case_when_list).map((step) => ({ ...step, text: compared(step) }))
    return [...(subject ? [subject] : []), ...whens, ...stepsOf(node.else_stmts)]
  },
  case_when: reader(['expr'], ['stmts']),
  stmt_loop: reader([], ['body']),
  stmt_while: reader(['cond'], ['body']),
  stmt_fori: reader(['lower', 'upper', 'step'], ['body']),
  stmt_fors: (node) => [
    ...query(node, 'query', 'query', recordOf(node.var)),
    ...stepsOf(node.body),
  ],
  stmt_foreach_a: reader(['expr'], ['body']),
  stmt_exit: reader(['cond']),
  stmt_return: reader(['expr']),
  stmt_return_next: reader(['expr']),
  stmt_return_query: (node) => [
    ...query(node, 'query', 'return query'),
    ...query(node, 'dynquery', 'execute'),
  ],
  stmt_assign: assignment,
  stmt_perform: (node) => query(node, 'expr', 'query'),
  stmt_call: (node) => query(node, 'expr', 'query'),
  stmt_execsql: (node) => {
    const takers = listAtKey(nodeAtPath(node.target, 'PLpgSQL_row'), 'fields').length
    const steps = query(node, 'sqlstmt', 'query', recordOf(node.target))
    return steps.map((step) => ({ ...step, ...(takers > 0 && { takers }) }))
  },
  stmt_dynexecute: (node) => query(node, 'query', 'execute'),
  stmt_dynfors: (node) => [...query(node, 'query', 'execute'), ...stepsOf(node.body)],
  stmt_raise: reader(['expr'], ['params', 'options']),
  raise_option: reader(['expr']),
  expr: (node) => [{ line: 0, kind: 'expression', text: textAtKey(node, 'query') }],
  stmt_assert: reader(['cond', 'message']),
  stmt_getdiag: () => [],
}

function expression(node: Node, key: string): Step[] {
  return query(node, key, 'expression')
}

function query(node: Node, key: string, kind: Step['kind'], record?: string): Step[] {
  const text = textAtKey(nodeAtPath(node[key], 'PLpgSQL_expr'), 'query')
  if (text === '') return []
  return [{ line: numberAtKey(node, 'lineno'), kind, text, ...(record && { record }) }]
}

function assignment(node: Node): Step[] {
  return expression(node, 'expr').map((step) => {
    const [sign = '', target = ''] = /^([^:=]+?)\s*:?=/.exec(step.text) ?? []
    return { ...step, target, text: step.text.slice(sign.length) }
  })
}

function recordOf(target: unknown): string | undefined {
  const node = nodeAtPath(target, 'PLpgSQL_rec')
  const type = textAtKey(nodeAtPath(node, 'datatype', 'PLpgSQL_type'), 'typname')
  return type === 'record' ? textAtKey(node, 'refname') : undefined
}
