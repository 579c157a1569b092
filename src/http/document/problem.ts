import * as z from 'zod'
import { Why } from '#core/customer'
import { type RefusalCode, refusals } from '#kernel/error'
import { oauthErrors } from '../oauth-error.ts'

/** RFC 9457, with the refusal code, the request's id and the problem of each field. */
export const Problem = z
  .strictObject({
    type: z.string().meta({
      description: 'The URL of the code on the page of errors. Compare `code` instead',
    }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
    detail: z.string(),
    requestId: z.string(),
    errors: z
      .array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() }))
      .optional(),
    why: Why.optional(),
    changed: z
      .array(z.string())
      .optional()
      .meta({ description: 'The fields changed since the version in If-Match' }),
    survivorId: z.string().optional().meta({
      description: 'For an erasure: the survivor of the customer in the path',
    }),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof Problem>

/** RFC 6749, 5.2, with the members of a problem. */
export const OAuthProblem = Problem.extend({
  error: z.enum(oauthErrors),
  error_description: z.string(),
}).meta({
  id: 'OAuthProblem',
  description:
    'A problem with the `error` of RFC 6749 (5.2), as `application/json`. Every refusal of the OAuth routes is one.',
})
export type OAuthProblem = z.output<typeof OAuthProblem>
