import type * as z from 'zod'
import { closest, MOST_COMPARED } from './closest.ts'
import type { InputProblem } from './error.ts'
import { didYouMean, sentenceOf } from './input-sentence.ts'
import { requestNameOf } from './request-name.ts'
import { fieldNamesAt } from './schema-field-names.ts'

/** What an input is made of: a body of fields, or a query or a form of parameters. */
type Part = 'field' | 'parameter'

type Source = {
  readonly input: unknown
  readonly part: Part
  /** The known name that an unknown one probably stands for. */
  readonly guessName: (path: readonly PropertyKey[], name: string) => string | undefined
  /** The known value that the value at a path probably stands for. */
  readonly guessValue: (
    path: readonly PropertyKey[],
    known: readonly string[],
  ) => string | undefined
}

/** Each problem of an input in a fixed sentence, with names of the schema and none of the input. */
export function problemsOf(
  error: z.core.$ZodError,
  input: unknown,
  schema: z.core.$ZodType,
  part: Part = 'field',
): InputProblem[] {
  let compared = 0
  const near = (word: string, known: readonly string[]) =>
    compared++ < MOST_COMPARED ? closest(word, known) : undefined
  const source: Source = {
    input,
    part,
    guessName: (path, name) => {
      const known = fieldNamesAt(schema, path)
      return near(name, known) ?? requestNameOf(name, known)
    },
    guessValue: (path, known) => {
      const value = valueAt(input, path)
      return typeof value === 'string' ? near(value, known) : undefined
    },
  }
  return error.issues.flatMap((issue) => toProblems(issue, source))
}

function toProblems(issue: z.core.$ZodIssue, source: Source): InputProblem[] {
  const { input, part, guessName, guessValue } = source
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: fieldPath([...issue.path, key]),
      code: 'unknown_field',
      message: `There is no such ${part}.${didYouMean(guessName(issue.path, key))}`,
    }))
  }
  const isThere = valueAt(input, issue.path) !== undefined
  if (issue.code === 'invalid_union' && isThere) {
    const meant = meantBranch(issue)
    if (meant !== undefined) return meant.flatMap((inner) => toProblems(inner, source))
  }
  const missing = !isThere && mistyped.has(issue.code)
  return [
    {
      path: fieldPath(issue.path),
      code: missing ? 'required' : codeOf(issue),
      message: missing
        ? 'Is required.'
        : sentenceOf(issue, (known) => guessValue(issue.path, known)),
    },
  ]
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

const codeOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code

/** The path of a field. Only names of fields are repeated; other parts of a path (the keys of metadata) came from outside. */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' || /^[A-Za-z]\w{0,39}$/.test(String(part)) ? String(part) : '*',
    )
    .join('.')
