import { isRefusalCode } from '../../src/kernel/error.ts'
import { mistakeAt, type SqlMistake } from './apply-function-sources.ts'
import { listAtKey, nodeAtPath, nodesWithTheirNames, numberAtKey, textAtKey } from './node.ts'
import { parseSql } from './parse.ts'
import { readPlpgsqlBody } from './plpgsql.ts'
import type { Routine } from './routine.ts'
import type { Source } from './source.ts'

/** What ends a transaction besides a refusal: see `src/db/database.ts`. */
const endings = new Set(['idempotency_replay', 'job_done', 'try_again'])

type Place = { readonly routine: Routine; readonly source: Source; readonly line: number }

/** Codes that a function refuses with and that are in no list: the Worker would take them for a bug. */
export const unknownRefusalMistakes = ({ routine, source, line }: Place): SqlMistake[] =>
  textsOf(routine).flatMap(({ text, line: within }) =>
    codesIn(text)
      .filter(({ code }) => !isKnown(code))
      .map(({ code, line: below }) =>
        mistakeAt(source, line + within + below - 1, {
          message: `refuse('${code}'): there is no such code in src/kernel/error.ts`,
        }),
      ),
  )

/** What the body runs, and the lines that these begin on. */
function textsOf({ language, body, definition }: Routine) {
  if (language === 'sql') return [{ text: body, line: 1 }]
  return readPlpgsqlBody(definition).steps.flatMap(({ kind, text, line }) => {
    if (kind === 'execute') return []
    return [{ text: kind === 'expression' ? `select ${text}` : text, line: line || 1 }]
  })
}

const isKnown = (code: string): boolean => isRefusalCode(code) || endings.has(code)

const plainCall = /\brefuse\s*\((?:\s*'(?<code>\w+)'|[\w$:]+\))/gi

/** Whether all codes of a text are constants of the list, or values. Parsing it would then say no more, and takes longer. */
const isPlain = (text: string): boolean =>
  !/\brefuse\b/i.test(
    text.replace(plainCall, (call, code?: string) =>
      code === undefined || isKnown(code) ? '' : call,
    ),
  )

/** The codes that a text names, and how many lines below its beginning. */
function codesIn(text: string): { readonly code: string; readonly line: number }[] {
  if (isPlain(text)) return []
  const calls = nodesWithTheirNames(parseSql(text)).filter(
    ([name, call]) => name === 'FuncCall' && nameOf(call) === 'refuse',
  )
  return calls.flatMap(([, call]) => {
    const before = Buffer.from(text).subarray(0, numberAtKey(call, 'location'))
    return constantsOf(listAtKey(call, 'args')[0]).map((code) => ({
      code,
      line: before.toString().split('\n').length - 1,
    }))
  })
}

const nameOf = (call: object): string =>
  textAtKey(nodeAtPath(listAtKey(nodeAtPath(call), 'funcname').at(-1), 'String'), 'sval')

/** The texts that an expression may give: it itself, or the results of a CASE. */
function constantsOf(value: unknown): string[] {
  const node = nodeAtPath(value)
  const text = textAtKey(nodeAtPath(node, 'A_Const', 'sval'), 'sval')
  const { CaseExpr: choice, TypeCast: cast } = node
  if (choice !== undefined) {
    const results = listAtKey(nodeAtPath(choice), 'args').map(
      (it) => nodeAtPath(it, 'CaseWhen').result,
    )
    return [...results, nodeAtPath(choice).defresult].flatMap(constantsOf)
  }
  if (cast !== undefined) return constantsOf(nodeAtPath(cast).arg)
  return text === '' ? [] : [text]
}
