import type * as z from 'zod'
import { closestName, MAX_UNKNOWN_NAMES_COMPARED } from './closest-name.ts'
import type { InputProblem } from './error.ts'
import { didYouMean, inputSentenceOf } from './input-sentence.ts'
import { requestNameOfAnswerField } from './request-name-of-answer-field.ts'
import { fieldNamesAt } from './schema-field-names.ts'

/** What an input is made of: a body of fields, or a query or a form of parameters. */
type Part = 'field' | 'parameter'

type Source = {
  readonly input: unknown
  readonly part: Part
  /** The known name that an unknown one probably stands for. */
  readonly guessName: (path: readonly PropertyKey[], name: string) => string | undefined
  /** The known name of what an answer calls so. */
  readonly findMeant: (path: readonly PropertyKey[], name: string) => string | undefined
  /** The known value that the value at a path probably stands for. */
  readonly guessValue: (
    path: readonly PropertyKey[],
    known: readonly string[],
  ) => string | undefined
  readonly findReadOnly: FindReadOnly
}

/** Says that a name which the input lacks is one of the answer; undefined for a name that the answer lacks too. */
export type FindReadOnly = (path: readonly PropertyKey[], name: string) => string | undefined

type Options = { readonly part?: Part; readonly findReadOnly?: FindReadOnly }

/** The problem of each part of an input, in a fixed sentence without any value. */
export function inputProblemsOf(
  error: z.core.$ZodError,
  input: unknown,
  schema: z.core.$ZodType,
  { part = 'field', findReadOnly = () => undefined }: Options = {},
): InputProblem[] {
  let compared = 0
  const near = (word: string, known: readonly string[]) =>
    compared++ < MAX_UNKNOWN_NAMES_COMPARED ? closestName(word, known) : undefined
  const source: Source = {
    input,
    part,
    guessName: (path, name) => near(name, fieldNamesAt(schema, path)),
    findMeant: (path, name) => requestNameOfAnswerField(name, fieldNamesAt(schema, path)),
    findReadOnly,
    guessValue: (path, known) => {
      const value = valueAt(input, path)
      return typeof value === 'string' ? near(value, known) : undefined
    },
  }
  const all = error.issues.flatMap((issue) => placed(issue, input))
  return firstOfEach(all).map((one) => toProblem(one, source))
}

/** An issue at its path in the input. */
type Placed = { readonly path: readonly PropertyKey[]; readonly issue: z.core.$ZodIssue }

/** The issues behind an issue: one for each unknown name, and those of the branch of a union that was meant. */
function placed(issue: z.core.$ZodIssue, input: unknown): Placed[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], issue }))
  }
  if (issue.code === 'invalid_union' && valueAt(input, issue.path) !== undefined) {
    const meant = meantBranch(issue)
    if (meant !== undefined) return meant.flatMap((inner) => placed(inner, input))
  }
  return [{ path: writtenPath(input, issue.path), issue }]
}

/** The first issue at each path. The library tests the range of exact numbers before the bounds of the schema, which say more. */
function firstOfEach(all: readonly Placed[]): Placed[] {
  const first = new Map<string, Placed>()
  for (const one of all) {
    const path = JSON.stringify(one.path)
    const before = first.get(path)
    if (before === undefined || isExactRange(before.issue)) first.set(path, one)
  }
  return [...first.values()]
}

const isExactRange = (issue: z.core.$ZodIssue): boolean =>
  (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'int'

function toProblem({ path, issue }: Placed, source: Source): InputProblem {
  if (issue.code === 'unrecognized_keys') return toNameProblem(path, source)
  const value = valueAt(source.input, issue.path)
  const missing = mistyped.has(issue.code) && value === undefined
  const hint = source.part === 'parameter' && hasLostPlus(value) ? ` ${LOST_PLUS}` : ''
  return {
    path: fieldPath(path),
    code: missing ? 'required' : codeOf(issue),
    message: missing
      ? 'Is required.'
      : `${inputSentenceOf(issue, (known) => source.guessValue(issue.path, known))}${hint}`,
  }
}

const LOST_PLUS = 'In a URL, write `+` as `%2B`.'

/** A plus sign that is not encoded arrives as a blank: `10:00:00 01:00`, `jane 1@example.com`. */
const hasLostPlus = (value: unknown): boolean =>
  typeof value === 'string' && /\d \d\d:?\d\d$|^\S+ \S*@/.test(value)

/** The problem of an unknown name, at the end of its path. */
function toNameProblem(path: readonly PropertyKey[], source: Source): InputProblem {
  const { part, guessName, findMeant, findReadOnly } = source
  const [within, name] = [path.slice(0, -1), String(path.at(-1))]
  const meant = findMeant(within, name)
  const readOnly = meant === undefined ? findReadOnly(within, name) : undefined
  if (readOnly !== undefined) return { path: fieldPath(path), code: 'read_only', message: readOnly }
  return {
    path: fieldPath(path),
    code: 'unknown_field',
    message: `There is no such ${part}.${didYouMean(meant ?? guessName(within, name))}`,
  }
}

/** What the library says of a value that is not there. */
const mistyped: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union', 'invalid_value'])

/** The problems of the branch of a union whose type the value has. Several branches of single values are one choice. */
function meantBranch({
  errors,
  path,
}: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const fitting = errors.filter((branch) => !branch.some(isOfWhole('invalid_type')))
  const values = fitting.flatMap((branch) =>
    branch.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values : [])),
  )
  if (fitting.length > 1 && fitting.every((branch) => branch.some(isOfWhole('invalid_value')))) {
    return [{ code: 'invalid_value', values, path, message: 'Invalid' }]
  }
  return fitting[0]?.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
}

const isOfWhole =
  (code: z.core.$ZodIssue['code']) =>
  (issue: z.core.$ZodIssue): boolean =>
    issue.code === code && issue.path.length === 0

/** The value of the input at a path. One parameter of a query stands for a list of one. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce(
    (value: unknown, key) => (typeof value === 'string' && key === 0 ? value : Object(value)[key]),
    input,
  )

/** The path as the caller wrote it: one text may stand for a list of one. */
function writtenPath(input: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  const end = path.findIndex((_, n) => typeof valueAt(input, path.slice(0, n)) === 'string')
  return end < 0 ? path : path.slice(0, end)
}

const codeOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code

/**
 * The path of a field. Parts of a path may come from outside, such as the keys of metadata. They are repeated to the caller who sent
 * them if they look like names; others are `*`. No log has a path.
 */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' || /^[A-Za-z]\w{0,39}$/.test(String(part)) ? String(part) : '*',
    )
    .join('.')
