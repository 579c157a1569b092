import { type Refusal, type RefusalDetails, refusals } from '#kernel/error'
import type { OAuthProblem, Problem } from './document/problem.ts'
import { oauthMembers, speaksOAuth } from './oauth-error.ts'
import { isTransient, statusByRefusal, titleByStatus } from './problem-status.ts'
import { rateLimitHeader } from './rate-limit-header.ts'

/**
 * The answer to a refusal. It has fixed sentences only, never a value of the input.
 * @param path of the request: clients of OAuth look for `error` in `application/json`.
 * @param publicUrl where the service is reached, with the page of errors that `type` leads to; empty while it is not known.
 */
export function problemResponse(
  { code, details }: Refusal,
  requestId: string,
  path: string,
  publicUrl: string,
): Response {
  const status = statusByRefusal[code]
  const { limit, allow, detail = refusals[code] } = details
  const wait = details.retryAfter ?? (isTransient(code) ? 1 : undefined)
  const seconds = wait === undefined ? undefined : Math.max(1, Math.ceil(wait))
  const isOAuth = speaksOAuth(path)
  const body: Problem | OAuthProblem = {
    type: `${publicUrl}/docs/errors#${code}`,
    title: titleByStatus[status],
    status,
    code,
    detail,
    requestId,
    ...membersOf(details),
    retryAfter: seconds,
    ...(isOAuth ? oauthMembers(code, status, detail) : {}),
  }
  const headers = new Headers({
    'Content-Type': isOAuth ? 'application/json' : 'application/problem+json',
    ...(isOAuth ? { Pragma: 'no-cache' } : {}),
  })
  if (allow !== undefined) headers.set('Allow', allow.join(', '))
  if (seconds !== undefined) {
    headers.set('Retry-After', String(seconds))
    if (limit !== undefined) headers.set('RateLimit', rateLimitHeader(limit, 0, seconds))
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** The details of a refusal as members of the body, for programs that cannot read the headers, such as pages of another origin. */
const membersOf = ({ errors, changed, callers, allow, ...details }: RefusalDetails) => ({
  errors: errors && [...errors],
  changed: changed && [...changed],
  survivorId: details.survivorId,
  why: details.why,
  caller: details.caller,
  callers: callers && [...callers],
  scope: details.scope,
  limit: details.limit,
  allow: allow && [...allow],
})
