import type { Context as HonoContext } from 'hono'
import type * as z from 'zod'
import { type InputProblem, Refusal } from '#kernel/error'

type Read =
  | { readonly success: true }
  | { readonly success: false; readonly data: unknown; readonly error: z.core.$ZodError }

/** What becomes of what was read; an answer of its own ends the request. */
export type OnInput = (read: Read, c: HonoContext) => Response | undefined

/** What a validator does with an input that does not fit: 422, saying where and why in our own words. */
export const refuseInvalid: OnInput = (read) => {
  if (read.success) return undefined
  const errors = read.error.issues.flatMap((issue) => toProblems(issue, read.data))
  throw new Refusal('invalid_input', { errors })
}

function toProblems(issue: z.core.$ZodIssue, input: unknown): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      code: 'unknown_field',
      message: 'There is no such field.',
    }))
  }
  const missing = issue.code === 'invalid_type' && !isThere(input, issue.path)
  return [
    {
      path: pathOf(issue.path),
      code: missing ? 'required' : codeOf(issue),
      message: missing ? 'Is required.' : issue.message,
    },
  ]
}

/** The issues themselves do not hold what came in. */
const isThere = (input: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce((value: unknown, key) => Object(value)[key], input) !== undefined

const codeOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : issue.code

/** Names of fields are ours; what else stands in a path (the keys of metadata) came from outside and is not repeated. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' || /^[A-Za-z]\w{0,39}$/.test(String(part)) ? String(part) : '*',
    )
    .join('.')
