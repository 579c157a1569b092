import * as z from 'zod'
import { Why } from '#core/customer'
import { callerKinds, type RefusalCode, refusals } from '#kernel/error'
import { oauthErrorCodes } from '../oauth-error.ts'

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
      description:
        'For `customer_merged`: the survivor of the customer that the request names. Only services see it',
    }),
    caller: z.enum(callerKinds).optional().meta({
      description:
        "For `caller_not_allowed` and `insufficient_scope`: the kind of caller that the request's token belongs to",
    }),
    callers: z.array(z.enum(callerKinds)).optional().meta({
      description: 'For `caller_not_allowed`: the kinds of callers that may use the route',
    }),
    scope: z.string().optional().meta({
      description: 'For `insufficient_scope`: the scope that the token lacks',
    }),
    allow: z
      .array(z.string())
      .optional()
      .meta({ description: 'For `method_not_allowed`: the methods of the path, as in `Allow`' }),
    limit: z.string().optional().meta({
      description: 'The limit that was reached, by its name in `RateLimit`',
    }),
    retryAfter: z.int().optional().meta({
      description: 'Seconds to wait, as in `Retry-After`',
    }),
  })
  .meta({ id: 'Problem' })
export type Problem = z.output<typeof Problem>

/** RFC 6749, 5.2, with the members of a problem. */
export const OAuthProblem = Problem.extend({
  error: z.enum(oauthErrorCodes),
  error_description: z.string(),
}).meta({
  id: 'OAuthProblem',
  description:
    'A problem with the `error` of RFC 6749 (5.2), as `application/json`. Every refusal of the OAuth routes is one.',
})
export type OAuthProblem = z.output<typeof OAuthProblem>
