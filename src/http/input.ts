import type { Context as HonoContext } from 'hono'
import type * as z from 'zod'
import { type InputProblem, Refusal, type RefusalCode } from '#kernel/error'

type Read =
  | { readonly success: true }
  | { readonly success: false; readonly data: unknown; readonly error: z.core.$ZodError }

/** Handles the result of a validation; a returned answer ends the request. */
export type OnInput = (read: Read, c: HonoContext) => Response | undefined

/** Refuses an invalid input with this code, and names each problem in a fixed sentence. */
export const refuseInputAs =
  (code: RefusalCode): OnInput =>
  (read) => {
    if (read.success) return undefined
    const errors = read.error.issues.flatMap((issue) => toProblems(issue, read.data))
    throw new Refusal(code, { errors })
  }

export const refuseInvalid: OnInput = refuseInputAs('invalid_input')

function toProblems(issue: z.core.$ZodIssue, input: unknown): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      code: 'unknown_field',
      message: 'There is no such field.',
    }))
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

/** Whether the input has a value at the path; the issues do not show that. */
const isThere = (input: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce((value: unknown, key) => Object(value)[key], input) !== undefined

const codeOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code

/** The path of a field. Only names of fields are repeated; other parts of a path (the keys of metadata) came from outside. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' || /^[A-Za-z]\w{0,39}$/.test(String(part)) ? String(part) : '*',
    )
    .join('.')
