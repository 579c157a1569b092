import type * as z from 'zod'
import { closest } from './closest.ts'
import type { InputProblem } from './error.ts'
import { namesAt } from './schema-name.ts'

/** So many unknown names are compared with the known ones. Who sends more of them has not misspelt one. */
const MOST_COMPARED = 10

/** The known name that an unknown one probably stands for. */
type Guess = (path: readonly PropertyKey[], name: string) => string | undefined

/** Each problem of an input in a fixed sentence, with names of the schema and none of the input. */
export function problemsOf(
  error: z.core.$ZodError,
  input: unknown,
  schema: z.core.$ZodType,
): InputProblem[] {
  let compared = 0
  const guess: Guess = (path, name) =>
    compared++ < MOST_COMPARED ? closest(name, namesAt(schema, path)) : undefined
  return error.issues.flatMap((issue) => toProblems(issue, input, guess))
}

function toProblems(issue: z.core.$ZodIssue, input: unknown, guess: Guess): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      code: 'unknown_field',
      message: noSuchField(guess(issue.path, key)),
    }))
  }
  if (issue.code === 'invalid_union' && isThere(input, issue.path)) {
    const meant = meantBranch(issue)
    if (meant !== undefined) return meant.flatMap((inner) => toProblems(inner, input, guess))
  }
  const isMistyped = issue.code === 'invalid_type' || issue.code === 'invalid_union'
  const missing = isMistyped && !isThere(input, issue.path)
  return [
    {
      path: pathOf(issue.path),
      code: missing ? 'required' : codeOf(issue),
      message: missing ? 'Is required.' : issue.message,
    },
  ]
}

const noSuchField = (meant: string | undefined): string =>
  `There is no such field.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`

/** The problems of the branch of a union whose type the value has. */
const meantBranch = ({ errors, path }: z.core.$ZodIssueInvalidUnion) =>
  errors
    .find(
      (branch) => !branch.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'),
    )
    ?.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))

/** Whether the input has a value at the path; the issues do not show that. */
const isThere = (input: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce((value: unknown, key) => Object(value)[key], input) !== undefined

const codeOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code

/** The path of a field. Only names of fields are repeated; other parts of a path (the keys of metadata) came from outside. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' || /^[A-Za-z]\w{0,39}$/.test(String(part)) ? String(part) : '*',
    )
    .join('.')
