import type { Context as HonoContext } from 'hono'
import type * as z from 'zod'
import { Refusal, type RefusalCode } from '#kernel/error'
import { problemsOf } from '#kernel/input-problem'

type Read =
  | { readonly success: true }
  | { readonly success: false; readonly data: unknown; readonly error: z.core.$ZodError }

/** Handles the result of a validation by a schema; a returned answer ends the request. */
export type OnInput = (read: Read, c: HonoContext, schema: z.core.$ZodType) => Response | undefined

/** Refuses an invalid input with this code, and names each problem in a fixed sentence. */
export const refuseInputAs =
  (code: RefusalCode): OnInput =>
  (read, _, schema) => {
    if (read.success) return undefined
    throw new Refusal(code, { errors: problemsOf(read.error, read.data, schema) })
  }

export const refuseInvalid: OnInput = refuseInputAs('invalid_input')
