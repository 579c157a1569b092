import type { Context as HonoContext } from 'hono'
import type * as z from 'zod'
import { type InputProblem, Refusal, type RefusalCode } from '#kernel/error'
import { inputProblemsOf } from '#kernel/input-problems-of-error'
import { makeReadOnlyFieldExplainer } from './read-only-field.ts'

type Read =
  | { readonly success: true }
  | {
      readonly success: false
      readonly data: unknown
      readonly error: z.core.$ZodError
      readonly target: Target
      readonly isEmpty?: boolean
    }
/** Where an input stands. */
type Target = 'json' | 'form' | 'query' | 'param' | 'header' | 'cookie'

/** The schema of an input, and those of the answers to it. */
export type Known = {
  readonly input: z.core.$ZodType
  readonly answers: readonly z.core.$ZodType[]
}

/** Handles the result of a validation by a schema; a returned answer ends the request. */
export type OnInput = (read: Read, c: HonoContext, known: Known) => Response | undefined

/** Refuses an invalid input with this code, and names each problem in a fixed sentence. */
export const refuseInputAs =
  (code: RefusalCode): OnInput =>
  (read, _, { input, answers }) => {
    if (read.success) return undefined
    const { error, data, target, isEmpty = false } = read
    const part = target === 'json' ? 'field' : 'parameter'
    throw new Refusal(code, {
      errors: inputProblemsOf(error, data, input, {
        part,
        findReadOnly: makeReadOnlyFieldExplainer(target === 'json' ? answers : []),
      }).map(ofWhole(target)),
      detail: isEmpty
        ? `The body is empty. \`errors\` names the ${part}s that it needs.`
        : undefined,
    })
  }

/** Adds a subject to a sentence that belongs to no field, because no path beside it names one. */
const ofWhole =
  (target: Target) =>
  (problem: InputProblem): InputProblem => {
    if (problem.path !== '' || !problem.message.startsWith('Must ')) return problem
    const whole = target === 'json' ? 'The body' : 'The query'
    return { ...problem, message: `${whole} m${problem.message.slice(1)}` }
  }

export const refuseInvalidInput: OnInput = refuseInputAs('invalid_input')
