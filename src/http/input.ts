import type { Hook } from '@hono/zod-openapi'
import type { z } from 'zod'
import { type InputProblem, Refusal } from '#kernel/error'
import type { Env } from './env.ts'

/** What a validator does with an input that does not fit: 422, saying where and why in our own words. */
export const refuseInvalid: Hook<unknown, Env, string, unknown> = (result) => {
  if (!result.success) {
    const input = 'data' in result ? result.data : undefined
    const errors = result.error.issues.flatMap((issue) => toProblems(issue, input))
    throw new Refusal('invalid_input', { errors })
  }
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
